using System.Text;

namespace LeNet5.Tool;

/// <summary>Standard output or standard error, where writing may fail: on a full disk, or closed by who started the tool.</summary>
/// <param name="stream">Where the text goes.</param>
/// <param name="fail">Told when it does not get there.</param>
internal sealed class StandardStream(TextWriter stream, Action<IOException> fail) : TextWriter
{
    public override Encoding Encoding => stream.Encoding;

    /// <summary>Results that get lost are an error that names the place; messages that get lost are no reason to end what they tell of.</summary>
    public static void Install()
    {
        Console.SetOut(new StandardStream(Console.Out, e => throw new IOException($"Standard output cannot be written: {e.Message}", e)));
        Console.SetError(new StandardStream(Console.Error, _ => { }));
    }

    public override void Write(char value) => Try(() => stream.Write(value));

    public override void Write(char[] buffer, int index, int count) => Try(() => stream.Write(buffer, index, count));

    public override void Write(string? value) => Try(() => stream.Write(value));

    public override void WriteLine(string? value) => Try(() => stream.WriteLine(value));

    public override void Flush() => Try(stream.Flush);

    private void Try(Action write)
    {
        try
        {
            write();
        }
        catch (IOException e)
        {
            fail(e);
        }
    }
}
