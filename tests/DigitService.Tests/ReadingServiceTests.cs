using System.Diagnostics;
using System.Net.Sockets;
using System.Runtime.CompilerServices;
using System.Text;
using LeNet5;
using Microsoft.AspNetCore.Builder;

namespace DigitService.Tests;

public class ReadingServiceTests
{
    private static readonly DigitReader Digits = new(PretrainedModels.Digits);
    private static readonly StripReader Strings = new();
    private static readonly string[] DigitFiles = [.. Samples("ReadDigit/digits"), .. Samples("ReadDigit/pictures")];
    private static readonly string[] StringFiles = Samples("ReadStrip/pictures");

    private RunningService service = null!;

    [OneTimeSetUp]
    public async Task Start() => service = await RunningService.Start(new ServiceLimits());

    [OneTimeTearDown]
    public async Task Stop() => await service.DisposeAsync();

    [Test]
    public async Task Get_Root_TellsWhatToPost() => Assert.That(await service.Get("/"), Does.Contain("/digit").And.Contain("/string").And.EndsWith("\n"));

    [Test]
    public async Task Create_WithoutUrls_ListensOnThisMachineAlone()
    {
        await using WebApplication application = ReadingService.Create([], new ServiceLimits());
        Assert.That(application.Configuration["urls"], Is.EqualTo("http://127.0.0.1:5000"));
    }

    [TestCaseSource(nameof(DigitFiles))]
    public async Task Digit_Picture_IsReadAsByTheLibrary(string file) =>
        Assert.That(await service.Post("/digit", File.ReadAllBytes(file)), Is.EqualTo(DigitIn(file)));

    [Test]
    public async Task String_Picture_IsReadAsByTheLibrary([ValueSource(nameof(StringFiles))] string file, [Values(null, "luhn", "length:8", "date:ddMMyyyy")] string? grammar) =>
        Assert.That(await service.Post(grammar is null ? "/string" : $"/string?grammar={grammar}", File.ReadAllBytes(file)), Is.EqualTo(StringIn(file, grammar)));

    [Test]
    public async Task Digit_PictureWithoutInk_IsNotAccepted()
    {
        Reply reply = await service.Post("/digit", Encoding.ASCII.GetBytes("P1 1 1 0"));
        Assert.That(reply, Is.EqualTo(new Reply(200, new ReplyBody("", 0, Accepted: false, "Blank"))));
    }

    [Test]
    public async Task Post_NoPicture_IsRefusedAndSaysWhy([Values("/digit", "/string")] string path)
    {
        byte[] png = File.ReadAllBytes(DigitFiles[0]);
        await AssertRefused([], "is empty");
        await AssertRefused([0xff, 0xd8, 0xff, 0xe0, 0, 0, 0, 0, 0, 0, 0, 0], "JPEG");
        await AssertRefused(Encoding.ASCII.GetBytes("{\"picture\": null}"), "no picture");
        await AssertRefused(Encoding.ASCII.GetBytes("P5 60000 60000 255 "), "60000 wide");
        await AssertRefused(png[..^40], "The stream");
        png[png.Length / 2] ^= 1;
        await AssertRefused(png, "The stream");

        async Task AssertRefused(byte[] body, string fault)
        {
            Reply reply = await service.Post(path, body);
            Assert.That(reply.Status, Is.EqualTo(400), fault);
            Assert.That(reply.Body.Error, Does.Contain(fault));
        }
    }

    [Test]
    public async Task String_UnknownGrammar_IsRefused([Values("verse", "length:41", "mod97:1000", "")] string grammar)
    {
        Reply reply = await service.Post($"/string?grammar={grammar}", File.ReadAllBytes(StringFiles[0]));
        Assert.That(reply.Status, Is.EqualTo(400));
        Assert.That(reply.Body.Error, Does.StartWith($"\"{grammar}\" is no grammar").And.Contain("luhn"));
    }

    [TestCase("/string?grammer=luhn", "grammer", "There is grammar.")]
    [TestCase("/string?grammar=luhn&n=2", "n", "There is grammar.")]
    [TestCase("/digit?grammar=luhn", "grammar", "There are none.")]
    public async Task Post_UnknownKey_IsRefusedAndNamesTheKnownOnes(string path, string key, string known)
    {
        Reply reply = await service.Post(path, File.ReadAllBytes(StringFiles[0]));
        Assert.That(reply.Status, Is.EqualTo(400));
        Assert.That(reply.Body.Error, Does.StartWith($"\"{key}\" is no key").And.EndWith(known));
    }

    /// <summary>A file of 800 bytes that would keep a processor busy for seconds.</summary>
    [TestCase(12_000, "columns long")]
    [TestCase(30_000, "normalized line has up to")]
    public async Task String_EndlessLine_IsRefusedAtOnce(int width, string fault)
    {
        byte[] row = [.. Enumerable.Range(0, width).Select(x => (byte)(x % 12 < 3 ? 0 : 255))], ground = new byte[4 * width];
        Array.Fill(ground, (byte)255);
        using MemoryStream file = new();
        new GrayImage(width, 32, [.. ground, .. Enumerable.Repeat(row, 24).SelectMany(pixels => pixels), .. ground]).SavePng(file);
        Reply reply = await service.Post("/string", file.ToArray());
        Assert.That((reply.Status, file.Length < 10_000), Is.EqualTo((400, true)));
        Assert.That(reply.Body.Error, Does.Contain(fault));
    }

    [Test]
    public async Task Post_HugeFile_IsRefused([Values] bool chunked)
    {
        ServiceLimits limits = new() { BodyLength = 10_000 };
        await using RunningService small = await RunningService.Start(limits);
        Reply reply = await small.Post("/digit", new byte[limits.BodyLength + 1], chunked);
        Assert.That(reply.Status, Is.EqualTo(413));
        Assert.That(reply.Body.Error, Does.Contain("at most 10000 bytes"));
        Assert.That((await small.Post("/digit", [.. File.ReadAllBytes(DigitFiles[0])], chunked)).Status, Is.EqualTo(200));
    }

    /// <summary>A megabyte too much: the connection may be closed while it is sent, and the answer lost.</summary>
    [Test]
    public async Task Post_FileFarBeyondTheLimit_DoesNotReachMemory([Values] bool chunked)
    {
        byte[] body = new byte[(4 << 20) + (1 << 20)];
        try
        {
            Assert.That((await service.Post("/digit", body, chunked)).Status, Is.EqualTo(413));
        }
        catch (HttpRequestException)
        {
        }
        Assert.That(await service.Post("/digit", File.ReadAllBytes(DigitFiles[0])), Is.EqualTo(DigitIn(DigitFiles[0])));
    }

    [Test]
    public async Task Digit_BodyThatNeverEnds_IsEndedByTheTimeLimit()
    {
        await using RunningService impatient = await RunningService.Start(new ServiceLimits { Time = TimeSpan.FromMilliseconds(300) });
        Stopwatch clock = Stopwatch.StartNew();
        using TcpClient connection = await impatient.Dawdle();
        using StreamReader answer = new(connection.GetStream());
        Assert.That(await answer.ReadLineAsync(), Is.EqualTo("HTTP/1.1 408 Request Timeout"));
        Assert.That(await answer.ReadToEndAsync(), Does.Contain("The request took longer than 0.3 s."), "and the connection is closed");
        Assert.That(clock.Elapsed, Is.InRange(TimeSpan.FromMilliseconds(290), TimeSpan.FromSeconds(30)));
    }

    [Test]
    public async Task Digit_NoPlaceLeft_IsTurnedAwayUntilTheClientIsGone()
    {
        await using RunningService narrow = await RunningService.Start(new ServiceLimits { PictureCount = 1, WaitingCount = 0, Time = TimeSpan.FromMinutes(5) });
        byte[] picture = File.ReadAllBytes(DigitFiles[0]);
        using (await narrow.Dawdle())
            Assert.That((await Until(503)).Body.Error, Does.Contain("Try again later"));
        Assert.That(await Until(200), Is.EqualTo(DigitIn(DigitFiles[0])));

        async Task<Reply> Until(int status)
        {
            for (int i = 0; i < 600; i++, await Task.Delay(50))
            {
                if (await narrow.Post("/digit", picture) is { } reply && reply.Status == status)
                    return reply;
            }
            throw new TimeoutException($"no answer had status {status}");
        }
    }

    [Test]
    public async Task Post_ManyAtOnce_AreAllAnsweredRight()
    {
        await using RunningService narrow = await RunningService.Start(new ServiceLimits { PictureCount = 4, Time = TimeSpan.FromMinutes(5) });
        (string Path, byte[] Body, Reply Expected)[] posts =
        [
            .. DigitFiles.Select(file => ("/digit", File.ReadAllBytes(file), DigitIn(file))),
            .. StringFiles.Select(file => ("/string?grammar=luhn", File.ReadAllBytes(file), StringIn(file, "luhn"))),
        ];
        var all = Enumerable.Repeat(posts, 5).SelectMany(post => post).ToArray();
        Reply[] replies = await Task.WhenAll(all.Select(post => narrow.Post(post.Path, post.Body)));
        Assert.That(replies, Is.EqualTo(all.Select(post => post.Expected)));
    }

    [Test]
    public async Task Post_MoreThanMayWait_AreTurnedAwayAndTheOthersAnsweredRight()
    {
        await using RunningService narrow = await RunningService.Start(new ServiceLimits { PictureCount = 1, WaitingCount = 2, Time = TimeSpan.FromMinutes(5) });
        byte[] picture = File.ReadAllBytes(StringFiles[0]);
        Task<Reply>[] posts;
        using (await narrow.Dawdle())
        {
            posts = [.. Enumerable.Range(0, 10).Select(_ => narrow.Post("/string", picture))];
            await Task.WhenAny(posts);
        }
        Reply[] replies = await Task.WhenAll(posts);
        Reply[] answered = [.. replies.Where(reply => reply.Status != 503)];
        Assert.That(answered, Has.Length.InRange(1, 9).And.All.EqualTo(StringIn(StringFiles[0], null)));
    }

    private static Reply DigitIn(string file)
    {
        DigitReading reading = Digits.Read(GrayImage.Load(file));
        return new Reply(200, new ReplyBody($"{reading.Label}", reading.Posterior, reading.Label is not null, $"{reading.Reason}"));
    }

    private static Reply StringIn(string file, string? grammar)
    {
        StripReading reading = Strings.Read(GrayImage.Load(file), new StripOptions { Grammar = grammar is null ? null : Grammar.Parse(grammar) });
        return new Reply(200, new ReplyBody(reading.Text, reading.Confidence, reading.IsAccepted, $"{reading.Reason}"));
    }

    private static string[] Samples(string folder, [CallerFilePath] string file = "") =>
        [.. Directory.GetFiles(Path.Combine(Path.GetDirectoryName(file)!, "../../samples", folder), "*.png").Select(Path.GetFullPath).Order()];
}
