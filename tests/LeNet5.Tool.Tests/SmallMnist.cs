using System.Buffers.Binary;

namespace LeNet5.Tool.Tests;

/// <summary>A folder with the first digits of MNIST as four plain IDX files, removed when disposed of.</summary>
internal sealed class SmallMnist : IDisposable
{
    public const int TrainCount = 300;
    public const int TestCount = 100;

    private readonly TemporaryFolder folder = new();

    public SmallMnist(int trainCount = TrainCount, int testCount = TestCount)
    {
        Write("train", Mnist.Test.Slice(0, trainCount));
        Write("t10k", Mnist.Test.Slice(trainCount, testCount));
    }

    public string Folder => folder.PathOf("");

    public string PathOf(string name) => folder.PathOf(name);

    public void Dispose() => folder.Dispose();

    private void Write(string set, LabeledImages digits)
    {
        byte[] images = new byte[16 + (digits.Count * 784)];
        byte[] labels = new byte[8 + digits.Count];
        WriteHeader(images, 0x00000803, digits.Count, 28, 28);
        WriteHeader(labels, 0x00000801, digits.Count);
        for (int i = 0; i < digits.Count; i++)
        {
            digits.Pixels(i).CopyTo(images.AsSpan(16 + (i * 784)));
            labels[8 + i] = (byte)digits.Label(i);
        }
        folder.Write($"{set}-images-idx3-ubyte", images);
        folder.Write($"{set}-labels-idx1-ubyte", labels);
    }

    private static void WriteHeader(Span<byte> file, params ReadOnlySpan<int> numbers)
    {
        for (int i = 0; i < numbers.Length; i++)
            BinaryPrimitives.WriteInt32BigEndian(file[(4 * i)..], numbers[i]);
    }
}
