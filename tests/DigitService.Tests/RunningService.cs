using System.Net.Http.Json;
using System.Net.Sockets;
using System.Text;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.Logging;

namespace DigitService.Tests;

/// <summary>The service on a free port of this machine, and a client for it.</summary>
internal sealed class RunningService : IAsyncDisposable
{
    private readonly WebApplication application;
    private readonly HttpClient client;

    private RunningService(WebApplication application)
    {
        this.application = application;
        client = new HttpClient { BaseAddress = new Uri(application.Urls.Single()), Timeout = TimeSpan.FromMinutes(2) };
    }

    public static async Task<RunningService> Start(ServiceLimits limits)
    {
        WebApplication application = ReadingService.Create(["--urls", "http://127.0.0.1:0", "--Logging:LogLevel:Default", nameof(LogLevel.None)], limits);
        await application.StartAsync();
        return new RunningService(application);
    }

    public Task<string> Get(string path) => client.GetStringAsync(path);

    /// <summary>Posts a body of known length, or piece by piece.</summary>
    public async Task<Reply> Post(string path, byte[] body, bool chunked = false)
    {
        using HttpRequestMessage request = new(HttpMethod.Post, path) { Content = new ByteArrayContent(body) };
        request.Headers.TransferEncodingChunked = chunked;
        using HttpResponseMessage response = await client.SendAsync(request);
        return new Reply((int)response.StatusCode, await response.Content.ReadFromJsonAsync<ReplyBody>() ?? new ReplyBody());
    }

    /// <summary>Announces a picture for /digit and sends no more than its first bytes.</summary>
    public async Task<TcpClient> Dawdle()
    {
        TcpClient connection = new();
        await connection.ConnectAsync(client.BaseAddress!.Host, client.BaseAddress.Port);
        await connection.GetStream().WriteAsync(Encoding.ASCII.GetBytes("POST /digit HTTP/1.1\r\nHost: here\r\nContent-Length: 1000\r\n\r\nP5 28 28"));
        return connection;
    }

    public async ValueTask DisposeAsync()
    {
        client.Dispose();
        await application.DisposeAsync();
    }
}

/// <summary>What came back.</summary>
internal sealed record Reply(int Status, ReplyBody Body);

/// <summary>Its JSON.</summary>
internal sealed record ReplyBody(string? Reading = null, float? Confidence = null, bool? Accepted = null, string? Reason = null, string? Error = null);
