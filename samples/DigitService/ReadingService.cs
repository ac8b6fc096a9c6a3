using System.Collections.Frozen;
using LeNet5;
using LeNet5.Imaging;
using Microsoft.AspNetCore.Http.Timeouts;

namespace DigitService;

/// <summary>Answers POST /digit and POST /string, of which the body is a PNG, PBM, PGM or PPM picture, with what is read from it.</summary>
public static class ReadingService
{
    private const string Usage = "POST a PNG, PBM, PGM or PPM picture of a digit to /digit, of a line of digits to /string or /string?grammar=NAME.\n";

    private const int LongestLength = 40;

    /// <summary>Made once, and these alone: a grammar of many states and a long line may take seconds and a gigabyte together, so strangers may not name any that <see cref="Grammar.Parse"/> knows.</summary>
    private static readonly FrozenDictionary<string, StripOptions> Grammars = Enumerable.Range(1, LongestLength).Select(length => $"length:{length}")
        .Concat(["any", "amount", "luhn", "isbn13", "mod97", "date:ddMMyyyy", "date:MMddyyyy", "date:yyyyMMdd"])
        .ToFrozenDictionary(name => name, name => new StripOptions { Grammar = Grammar.Parse(name) });

    /// <summary>Makes the service.</summary>
    /// <param name="args">The command line; --urls for another address than http://127.0.0.1:5000.</param>
    /// <param name="limits">What a request may cost.</param>
    public static WebApplication Create(string[] args, ServiceLimits limits)
    {
        WebApplicationBuilder builder = WebApplication.CreateSlimBuilder(args);
        if (builder.Configuration["urls"] is null)
            builder.WebHost.UseUrls("http://127.0.0.1:5000");
        builder.WebHost.ConfigureKestrel(server => server.Limits.MaxRequestBodySize = limits.BodyLength);
        builder.Services.AddRequestTimeouts(options => options.DefaultPolicy = new RequestTimeoutPolicy
        {
            Timeout = limits.Time,
            TimeoutStatusCode = StatusCodes.Status408RequestTimeout,
            WriteTimeoutResponse = context => context.Response.WriteAsJsonAsync(new Failure($"The request took longer than {limits.Time.TotalSeconds} s.")),
        });
        // Both are made once: they read for any number of threads, and hold the memory that readings need.
        builder.Services.AddSingleton(new DigitReader(PretrainedModels.Digits));
        builder.Services.AddSingleton(new StripReader());
        builder.Services.AddSingleton(new Turns(limits));

        WebApplication app = builder.Build();
        app.UseRequestTimeouts();
        app.MapGet("/", () => Usage);
        app.MapPost("/digit", (HttpRequest request, DigitReader reader, Turns turns, CancellationToken token) =>
            turns.Answer(request, picture => Answer.Of(reader.Read(picture)), token)).AddEndpointFilter(KnownKeys());
        app.MapPost("/string", (HttpRequest request, string? grammar, StripReader reader, Turns turns, CancellationToken token) =>
            turns.Answer(request, picture => ReadString(reader, picture, grammar ?? "any", limits), token)).AddEndpointFilter(KnownKeys("grammar"));
        return app;
    }

    /// <summary>Refuses a query with other keys, of which a typo would leave out what it asks for.</summary>
    private static Func<EndpointFilterInvocationContext, EndpointFilterDelegate, ValueTask<object?>> KnownKeys(params string[] known) => async (context, next) =>
        context.HttpContext.Request.Query.Keys.FirstOrDefault(key => !known.Contains(key, StringComparer.OrdinalIgnoreCase)) is { } unknown
            ? Results.Json(new Failure($"\"{unknown}\" is no key of this query. {(known is [] ? "There are none" : $"There is {string.Join(", ", known)}")}."), statusCode: StatusCodes.Status400BadRequest)
            : await next(context);

    private static Answer ReadString(StripReader reader, GrayImage picture, string grammar, ServiceLimits limits)
    {
        if (!Grammars.TryGetValue(grammar, out StripOptions? options))
            throw new InvalidDataException($"\"{grammar}\" is no grammar. There are any, length:1 to length:{LongestLength}, amount, luhn, isbn13, mod97, date:ddMMyyyy, date:MMddyyyy and date:yyyyMMdd.");
        NormalizedStrip strip = StripNormalizer.Normalize(picture);
        return strip.Picture.Width <= limits.LineWidth
            ? Answer.Of(reader.Read(strip, options))
            : throw new InvalidDataException($"The line is {strip.Picture.Width} columns long where digits are 20 high; up to {limits.LineWidth} are read. Send it in parts.");
    }
}
