namespace Mlp.Soak.Files;

/// <summary>The checksum of zips (ISO 3309, polynomial 0xEDB88320 reflected).</summary>
internal static class Crc32
{
    private static readonly uint[] Table = [.. Enumerable.Range(0, 256).Select(value => Shift((uint)value))];

    public static uint Of(ReadOnlySpan<byte> bytes)
    {
        uint register = uint.MaxValue;
        foreach (byte value in bytes)
            register = Table[(byte)(register ^ value)] ^ (register >> 8);
        return ~register;
    }

    private static uint Shift(uint register)
    {
        for (int bit = 0; bit < 8; bit++)
            register = (register >> 1) ^ ((register & 1) * 0xEDB88320);
        return register;
    }
}
