using System.IO.Pipelines;
using System.Runtime.CompilerServices;
using LeNet5;
using Microsoft.AspNetCore.Http;

namespace DigitService.Tests;

public class TurnsTests
{
    private static readonly Answer Read = new("7", 1, Accepted: true, "None");

    [Test]
    public async Task Answer_ClientIsGoneWhileItWaitsToSend_LeavesItsPlaceToTheNext()
    {
        using Turns turns = new(new ServiceLimits { PictureCount = 1, WaitingCount = 1 });
        using CancellationTokenSource gone = new();
        Pipe slow = new();
        Task<IResult> sending = turns.Answer(Request(slow.Reader.AsStream()), _ => Read, CancellationToken.None);
        Task<IResult> waiting = turns.Answer(Request(Picture()), _ => Read, gone.Token);
        Assert.That(StatusOf(await turns.Answer(Request(Picture()), _ => Read, CancellationToken.None)), Is.EqualTo(503));

        await gone.CancelAsync();
        Assert.That(async () => await waiting, Throws.InstanceOf<OperationCanceledException>());
        Task<IResult> next = turns.Answer(Request(Picture()), _ => Read, CancellationToken.None);
        Assert.That((sending.IsCompleted, next.IsCompleted), Is.EqualTo((false, false)));

        await Picture().CopyToAsync(slow.Writer.AsStream());
        await slow.Writer.CompleteAsync();
        Assert.That((StatusOf(await sending), StatusOf(await next)), Is.EqualTo((200, 200)));
    }

    [Test]
    public async Task Answer_ClientIsGoneWhileAllProcessorsRead_IsNotRead()
    {
        using Turns turns = new(new ServiceLimits { PictureCount = 1000 });
        using CancellationTokenSource gone = new();
        using CountdownEvent reading = new(Environment.ProcessorCount);
        using ManualResetEventSlim end = new();
        Task<IResult>[] readings = [.. Enumerable.Range(0, Environment.ProcessorCount).Select(_ => Task.Factory.StartNew(() => turns.Answer(Request(Picture()), ReadLong, CancellationToken.None), TaskCreationOptions.LongRunning).Unwrap())];
        reading.Wait();

        Task<IResult> waiting = turns.Answer(Request(Picture()), _ => throw new InvalidOperationException("it was read"), gone.Token);
        Assert.That(waiting.IsCompleted, Is.False);
        await gone.CancelAsync();
        Assert.That(async () => await waiting, Throws.InstanceOf<OperationCanceledException>());
        end.Set();
        Assert.That((await Task.WhenAll(readings)).Select(StatusOf), Is.All.EqualTo(200));
        Assert.That(StatusOf(await turns.Answer(Request(Picture()), _ => Read, CancellationToken.None)), Is.EqualTo(200));

        Answer ReadLong(GrayImage picture)
        {
            reading.Signal();
            end.Wait();
            return Read;
        }
    }

    private static int? StatusOf(IResult result) => ((IStatusCodeHttpResult)result).StatusCode;

    private static HttpRequest Request(Stream body) => new DefaultHttpContext { Request = { Body = body } }.Request;

    private static MemoryStream Picture([CallerFilePath] string file = "") => new(File.ReadAllBytes(Path.Combine(Path.GetDirectoryName(file)!, "../../samples/ReadDigit/digits/7.png")));
}
