using System.Threading.RateLimiting;
using LeNet5;

namespace DigitService;

/// <summary>Lets a bounded number of requests send their pictures, and one a processor be read; the others wait for their turn.</summary>
public sealed class Turns(ServiceLimits limits) : IDisposable
{
    private readonly ConcurrencyLimiter pictures = new(new ConcurrencyLimiterOptions { PermitLimit = limits.PictureCount, QueueLimit = limits.WaitingCount });
    private readonly SemaphoreSlim processors = new(Environment.ProcessorCount);

    /// <summary>Receives the picture of a request and answers it.</summary>
    /// <param name="request">Its body is the picture's file.</param>
    /// <param name="read">Reads the picture.</param>
    /// <param name="token">Ends the waiting: the client is gone, or the time is over.</param>
    public async Task<IResult> Answer(HttpRequest request, Func<GrayImage, Answer> read, CancellationToken token)
    {
        using RateLimitLease place = await pictures.AcquireAsync(permitCount: 1, token);
        if (!place.IsAcquired)
            return Fail(StatusCodes.Status503ServiceUnavailable, "Too many requests are waiting. Try again later.");
        try
        {
            using MemoryStream file = new();
            await request.Body.CopyToAsync(file, token);
            file.Position = 0;
            // Whoever sends slowly waits without a processor.
            await processors.WaitAsync(token);
            try
            {
                return Results.Ok(read(GrayImage.Load(file)));
            }
            finally
            {
                processors.Release();
            }
        }
        catch (BadHttpRequestException error)
        {
            return Fail(error.StatusCode, error.StatusCode == StatusCodes.Status413PayloadTooLarge ? $"A picture's file has at most {limits.BodyLength} bytes." : error.Message);
        }
        catch (Exception error) when (error is InvalidDataException or ArgumentException)
        {
            // The file is damaged or no picture, the grammar unknown, the line too long: the message tells which, and what to do.
            return Fail(StatusCodes.Status400BadRequest, error.Message);
        }
    }

    public void Dispose()
    {
        pictures.Dispose();
        processors.Dispose();
    }

    private static IResult Fail(int status, string message) => Results.Json(new Failure(message), statusCode: status);
}
