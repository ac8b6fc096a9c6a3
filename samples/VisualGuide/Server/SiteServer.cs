using Microsoft.AspNetCore.StaticFiles;
using Microsoft.Extensions.FileProviders;

namespace VisualGuide.Server;

/// <summary>Serves a folder of static files on this machine, as any web server would.</summary>
public static class SiteServer
{
    /// <summary>Makes the server.</summary>
    /// <param name="folder">The folder with index.html.</param>
    /// <param name="port">Port on 127.0.0.1; 0 for any that is free.</param>
    public static WebApplication Create(string folder, int port)
    {
        WebApplicationBuilder builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls($"http://127.0.0.1:{port}");
        WebApplication app = builder.Build();
        FileExtensionContentTypeProvider types = new();
        types.Mappings[".dll"] = "application/octet-stream";
        types.Mappings[".gz"] = "application/gzip";
        app.UseFileServer(new FileServerOptions
        {
            FileProvider = new PhysicalFileProvider(Path.GetFullPath(folder)),
            StaticFileOptions = { ContentTypeProvider = types, OnPrepareResponse = static context => context.Context.Response.Headers.CacheControl = "no-cache" },
        });
        return app;
    }
}
