using ZstdSharp;
using ZstdSharp.Unsafe;

namespace Mlp.Tables.Reading;

/// <summary>Unpacks zstd frames, one after the other, as the streams of the base library unpack other formats: what is damaged raises
/// <see cref="InvalidDataException"/>.</summary>
internal sealed class ZstdStream : ReadOnlyStream
{
    /// <summary>The base-2 logarithm of the most bytes that a file may have the decoder remember: 128 MB, as the command zstd allows.
    /// </summary>
    private const int LargestWindow = 27;

    private readonly DecompressionStream _unpacked;

    /// <param name="packed">Disposed with this stream.</param>
    public ZstdStream(Stream packed)
    {
        _unpacked = new DecompressionStream(packed, leaveOpen: false);
        _unpacked.SetParameter(ZSTD_dParameter.ZSTD_d_windowLogMax, LargestWindow);
    }

    /// <summary>Whether a file begins as one of zstd does.</summary>
    public static bool IsOne(ReadOnlySpan<byte> head) => head is [0x28, 0xB5, 0x2F, 0xFD, ..];

    public override int Read(Span<byte> buffer)
    {
        try
        {
            return _unpacked.Read(buffer);
        }
        catch (ZstdException exception)
        {
            throw new InvalidDataException($"it is no zstd file, or a damaged one ({exception.Message.TrimEnd('.')})", exception);
        }
    }

    protected override void Dispose(bool disposing)
    {
        if (disposing)
            _unpacked.Dispose();
        base.Dispose(disposing);
    }
}
