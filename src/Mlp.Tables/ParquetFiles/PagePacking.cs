using System.IO.Compression;
using K4os.Compression.LZ4;
using Parquet.Meta;
using Snappier;
using ZstdSharp;

namespace Mlp.Tables.ParquetFiles;

/// <summary>How pages are compressed. Used by one thread.</summary>
internal sealed class PagePacking : IDisposable
{
    private Decompressor? _zstd;

    public static bool IsKnown(CompressionCodec codec) =>
        codec is CompressionCodec.UNCOMPRESSED or CompressionCodec.SNAPPY or CompressionCodec.ZSTD or CompressionCodec.GZIP
            or CompressionCodec.BROTLI or CompressionCodec.LZ4_RAW;

    /// <summary>Unpacks a page.</summary>
    /// <param name="codec">A known one.</param>
    /// <param name="packed">As it lies in the file.</param>
    /// <param name="unpacked">Of the length that its header says.</param>
    /// <exception cref="InvalidDataException">Something else comes out.</exception>
    public void Unpack(CompressionCodec codec, ReadOnlyMemory<byte> packed, Span<byte> unpacked)
    {
        int length = codec switch
        {
            CompressionCodec.UNCOMPRESSED => Copy(packed.Span, unpacked),
            CompressionCodec.SNAPPY => Snappy.Decompress(packed.Span, unpacked),
            CompressionCodec.ZSTD => UnpackZstd(packed.Span, unpacked),
            CompressionCodec.BROTLI => BrotliDecoder.TryDecompress(packed.Span, unpacked, out int count) ? count : -1,
            CompressionCodec.LZ4_RAW => LZ4Codec.Decode(packed.Span, unpacked),
            _ => UnpackGzip(packed, unpacked),
        };
        if (length != unpacked.Length)
            throw new InvalidDataException($"What comes out of a page are not the {unpacked.Length:N0} bytes that its header says");
    }

    private static int Copy(ReadOnlySpan<byte> stored, Span<byte> unpacked)
    {
        if (stored.Length == unpacked.Length)
            stored.CopyTo(unpacked);
        return stored.Length;
    }

    private int UnpackZstd(ReadOnlySpan<byte> packed, Span<byte> unpacked)
    {
        _zstd ??= new Decompressor();
        try
        {
            return _zstd.Unwrap(packed, unpacked);
        }
        catch (ZstdException exception)
        {
            throw new InvalidDataException(exception.Message, exception);
        }
    }

    private static int UnpackGzip(ReadOnlyMemory<byte> packed, Span<byte> unpacked)
    {
        using var stream = new GZipStream(new MemoryStream(packed.ToArray()), CompressionMode.Decompress);
        int length = stream.ReadAtLeast(unpacked, unpacked.Length, throwOnEndOfStream: false);
        return stream.ReadByte() < 0 ? length : length + 1;
    }

    public void Dispose() => _zstd?.Dispose();
}
