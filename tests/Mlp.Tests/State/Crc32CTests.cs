using Mlp.State;

namespace Mlp.Tests.State;

public class Crc32CTests
{
    public static TheoryData<byte[], uint> Rfc3720 => new()
    {
        // RFC 3720, appendix B.4, as little-endian numbers; and the check value of the catalogues, for "123456789".
        { new byte[32], 0x8A9136AA },
        { [.. Enumerable.Repeat((byte)0xFF, 32)], 0x62A8AB43 },
        { [.. Enumerable.Range(0, 32).Select(value => (byte)value)], 0x46DD794E },
        { [.. Enumerable.Range(0, 32).Select(value => (byte)(31 - value))], 0x113FDB5C },
        { "123456789"u8.ToArray(), 0xE3069283 },
        { [], 0 },
    };

    [Theory]
    [MemberData(nameof(Rfc3720))]
    public void Value_IsThePublishedOne_HoweverTheBytesArrive(byte[] bytes, uint expected)
    {
        for (int cut = 0; cut <= bytes.Length; cut++)
        {
            var crc = new Crc32C();
            crc.Add(bytes.AsSpan(0, cut));
            crc.Add(bytes.AsSpan(cut));
            Assert.Equal(expected, crc.Value);
        }
    }
}
