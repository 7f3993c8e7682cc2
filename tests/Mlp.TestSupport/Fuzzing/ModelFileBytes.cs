using Mlp.State;

namespace Mlp.TestSupport.Fuzzing;

/// <summary>The frame of a model file: a header of 24 bytes with the body's checksum and length, then the body.</summary>
public static class ModelFileBytes
{
    /// <summary>Where the header has the length of the body, in eight bytes.</summary>
    public const int LengthPosition = 16;

    private const int ChecksumPosition = 12;

    /// <summary>Everything behind the header; empty when there is nothing.</summary>
    public static byte[] Body(byte[] file) => file[Math.Min(file.Length, LittleEndianReader.HeaderSize)..];

    /// <summary>A file with another body and a header that fits it, checksum included.</summary>
    /// <param name="file">Gives the other fields of the header; at least as long as one.</param>
    /// <param name="body">The body.</param>
    public static byte[] WithBody(byte[] file, byte[] body)
    {
        var crc = new Crc32C();
        crc.Add(body);
        return [.. file[..ChecksumPosition], .. BitConverter.GetBytes(crc.Value), .. BitConverter.GetBytes((long)body.Length), .. body];
    }
}
