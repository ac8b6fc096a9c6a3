using System.Diagnostics;
using System.Runtime.CompilerServices;
using Microsoft.AspNetCore.Builder;
using Microsoft.Playwright;
using VisualGuide.Server;

namespace VisualGuide.Tests;

/// <summary>Publishes the page, serves it, and opens a browser, once for all tests.</summary>
[SetUpFixture]
public sealed class Site
{
    private static WebApplication? server;
    private static IPlaywright? playwright;
    private static IBrowser? browser;

    /// <summary>The published files.</summary>
    public static string Folder { get; } = Path.Combine(Path.GetTempPath(), Path.GetRandomFileName());

    /// <summary>Where the page is.</summary>
    public static string Url { get; private set; } = "";

    /// <summary>Where screenshots are kept.</summary>
    public static string Pictures { get; } = Path.Combine(Root(), "artifacts", "visual-guide");

    /// <summary>The browser; tests are ignored where there is none.</summary>
    public static IBrowser Browser => browser ?? throw new InvalidOperationException("The browser was not started.");

    [OneTimeSetUp]
    public async Task Start()
    {
        string? chromium = FindChromium();
        if (chromium is null)
            Assert.Ignore("There is no Chromium on the PATH. Install it, on Debian by: apt-get install -y --no-install-recommends chromium fonts-dejavu-core");
        await RunAsync("dotnet", "publish", Path.Combine(Root(), "samples", "VisualGuide"), "-o", Folder);
        server = SiteServer.Create(Folder, port: 0);
        await server.StartAsync();
        Url = server.Urls.First() + "/";
        Directory.CreateDirectory(Pictures);
        playwright = await Playwright.CreateAsync();
        browser = await playwright.Chromium.LaunchAsync(new()
        {
            ExecutablePath = chromium,
            Args = ["--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking", "--disable-component-update", "--disable-sync"],
        });
    }

    [OneTimeTearDown]
    public async Task Stop()
    {
        if (browser is not null)
            await browser.DisposeAsync();
        playwright?.Dispose();
        if (server is not null)
            await server.DisposeAsync();
        if (Directory.Exists(Folder))
            Directory.Delete(Folder, recursive: true);
    }

    private static string? FindChromium() => (Environment.GetEnvironmentVariable("PATH") ?? "").Split(Path.PathSeparator)
        .SelectMany(folder => new[] { "chromium", "chromium-browser", "google-chrome" }.Select(name => Path.Combine(folder, name)))
        .FirstOrDefault(File.Exists);

    private static string Root([CallerFilePath] string file = "") => Path.GetFullPath(Path.Combine(Path.GetDirectoryName(file)!, "..", ".."));

    private static async Task RunAsync(string program, params string[] arguments)
    {
        using Process process = Process.Start(new ProcessStartInfo(program, arguments) { RedirectStandardOutput = true })!;
        string output = await process.StandardOutput.ReadToEndAsync();
        await process.WaitForExitAsync();
        Assert.That(process.ExitCode, Is.Zero, output);
    }
}
