// Reads posted pictures of digits and answers in JSON, on this machine only unless --urls says otherwise:
//   dotnet run -c Release --project samples/DigitService [-- --urls http://127.0.0.1:8080]
//   curl --data-binary @samples/ReadDigit/digits/7.png http://127.0.0.1:5000/digit
//   curl --data-binary @samples/ReadStrip/pictures/hard-39982285.png "http://127.0.0.1:5000/string?grammar=luhn"
using DigitService;

await using WebApplication app = ReadingService.Create(args, new ServiceLimits());
await app.RunAsync();
