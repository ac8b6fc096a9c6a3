using LeNet5.Imaging;

namespace LeNet5.Tests.Imaging;

public class Crc32Tests
{
    [Test]
    public void Update_NineDigits_GivesTheCheckValueOfTheStandard() =>
        Assert.That(~Crc32.Update(uint.MaxValue, "123456789"u8), Is.EqualTo(0xcbf43926));

    [Test]
    public void Update_AnyLengthInTwoPieces_AgreesWithBitByBit()
    {
        byte[] bytes = new byte[100];
        new Random(5).NextBytes(bytes);
        for (int length = 0; length <= bytes.Length; length++)
        {
            uint first = Crc32.Update(uint.MaxValue, bytes.AsSpan(0, length / 3));
            Assert.That(Crc32.Update(first, bytes.AsSpan(length / 3, length - length / 3)), Is.EqualTo(Plain(bytes.AsSpan(0, length))));
        }
    }

    private static uint Plain(ReadOnlySpan<byte> bytes)
    {
        uint crc = uint.MaxValue;
        foreach (byte b in bytes)
        {
            crc ^= b;
            for (int bit = 0; bit < 8; bit++)
                crc = (crc & 1) != 0 ? 0xedb88320 ^ crc >> 1 : crc >> 1;
        }

        return crc;
    }
}
