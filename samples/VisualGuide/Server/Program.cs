using System.Globalization;
using System.Net.Sockets;
using VisualGuide.Server;

// FOLDER [--port N]
int port = 0;
if (args is not ([_] or [_, "--port", _]) || (args.Length == 3 && !(int.TryParse(args[2], NumberStyles.None, CultureInfo.InvariantCulture, out port) && port <= ushort.MaxValue)))
{
    Console.Error.WriteLine("Usage: dotnet run --project samples/VisualGuide [-- --port N], N from 0 (any free port) to 65535");
    return 2;
}
if (!File.Exists(Path.Combine(args[0], "index.html")))
{
    Console.Error.WriteLine($"There is no index.html in {args[0]}. Publish samples/VisualGuide there first.");
    return 1;
}
await using WebApplication app = SiteServer.Create(args[0], port);
try
{
    await app.StartAsync();
}
catch (Exception e) when (e is IOException or SocketException)
{
    Console.Error.WriteLine($"{e.Message} Choose another with --port N, or leave it out for any that is free.");
    return 1;
}
Console.WriteLine($"The visual guide is at {app.Urls.First()} (Ctrl+C ends it)");
await app.WaitForShutdownAsync();
return 0;
