using System.Runtime.InteropServices;
using System.Text;
using Microsoft.ML.Runtime;

namespace Microsoft.ML;

/// <summary>The frame of every saved component. It is laid out as ML.NET's, so that ML.NET, given such a file, names our assembly.</summary>
/// <remarks>
/// All numbers little-endian. Header (256 bytes), the component's own bytes, string table (end offset of each string, 8 bytes
/// each), the strings in UTF-16, the assembly name in UTF-16, tail signature (8 bytes). Offsets count from the header's start.
/// </remarks>
internal sealed class ModelHeader
{
    private const ulong Signature = 0x4C45444F4D004C4D;
    private const ulong TailSignature = 0x4D4C004D4F44454C;
    private const uint Version = 0x00010002;
    private const int Size = 0x100;
    private const int LoaderNameBytes = 24;

    private ModelHeader(VersionInfo version, string loaderName, string loaderAssembly, byte[] model, string[] strings)
    {
        ComponentVersion = version;
        LoaderName = loaderName;
        LoaderAssembly = loaderAssembly;
        Model = model;
        Strings = strings;
    }

    public VersionInfo ComponentVersion { get; }

    public string LoaderName { get; }

    public string LoaderAssembly { get; }

    public byte[] Model { get; }

    public string[] Strings { get; }

    public static byte[] Write(VersionInfo version, ReadOnlySpan<byte> model, IReadOnlyList<string> strings)
    {
        byte[] loaderName = Encoding.Latin1.GetBytes(version.LoaderSignature ?? "");
        Contracts.Check(loaderName.Length <= LoaderNameBytes, "A loader signature has at most 24 characters");
        byte[] chars = Encoding.Unicode.GetBytes(string.Concat(strings));
        byte[] assembly = Encoding.Unicode.GetBytes(version.LoaderAssemblyName);
        long table = strings.Count == 0 ? 0 : Size + model.Length;
        long charsStart = strings.Count == 0 ? 0 : table + (strings.Count * sizeof(long));
        long assemblyStart = Size + model.Length + (strings.Count * sizeof(long)) + chars.Length;
        long tail = assemblyStart + assembly.Length;

        using var stream = new MemoryStream();
        using var writer = new BinaryWriter(stream);
        writer.Write(Signature);
        writer.Write(Version);
        writer.Write(Version);
        Block(writer, Size, model.Length);
        Block(writer, table, strings.Count * sizeof(long));
        Block(writer, charsStart, chars.Length);
        writer.Write(version.ModelSignature);
        writer.Write(version.VerWrittenCur);
        writer.Write(version.VerReadableCur);
        writer.Write(loaderName);
        writer.Write(new byte[(2 * LoaderNameBytes) - loaderName.Length]);
        writer.Write(tail);
        writer.Write(tail + sizeof(ulong));
        writer.Write(assemblyStart);
        writer.Write(assembly.Length);
        writer.Write(new byte[Size - (int)stream.Position]);
        writer.Write(model);
        long end = 0;
        foreach (string text in strings)
            writer.Write(end += text.Length * sizeof(char));
        writer.Write(chars);
        writer.Write(assembly);
        writer.Write(TailSignature);
        return stream.ToArray();
    }

    public static ModelHeader Read(byte[] bytes)
    {
        Contracts.CheckDecode(bytes.Length >= Size + sizeof(ulong), "Corrupt model file");
        using var reader = new BinaryReader(new MemoryStream(bytes));
        Contracts.CheckDecode(reader.ReadUInt64() == Signature, "Wrong file type");
        uint written = reader.ReadUInt32();
        uint readable = reader.ReadUInt32();
        Contracts.CheckDecode(readable <= written, "Corrupt file header");
        Contracts.CheckDecode(readable <= Version, "File is too new");
        Contracts.CheckDecode(written >= Version, "File is too old");
        ReadOnlySpan<byte> model = ReadBlock(reader, bytes);
        ReadOnlySpan<byte> table = ReadBlock(reader, bytes);
        ReadOnlySpan<byte> chars = ReadBlock(reader, bytes);
        ulong signature = reader.ReadUInt64();
        uint componentWritten = reader.ReadUInt32();
        uint componentReadable = reader.ReadUInt32();
        string loaderName = Encoding.Latin1.GetString(reader.ReadBytes(LoaderNameBytes)).TrimEnd('\0');
        reader.BaseStream.Position += LoaderNameBytes;
        long tail = reader.ReadInt64();
        long end = reader.ReadInt64();
        Contracts.CheckDecode(end == bytes.Length && tail == end - sizeof(ulong), "Corrupt model file");
        Contracts.CheckDecode(BitConverter.ToUInt64(bytes, (int)tail) == TailSignature, "Corrupt model file");
        string assembly = Encoding.Unicode.GetString(Slice(bytes, reader.ReadInt64(), reader.ReadUInt32()));
        var version = new VersionInfo(signature, componentWritten, componentReadable);
        return new ModelHeader(version, loaderName, assembly, model.ToArray(), ReadStrings(table, chars));
    }

    private static string[] ReadStrings(ReadOnlySpan<byte> table, ReadOnlySpan<byte> chars)
    {
        Contracts.CheckDecode(table.Length % sizeof(long) == 0, "Corrupt model file");
        ReadOnlySpan<long> ends = MemoryMarshal.Cast<byte, long>(table);
        var strings = new string[ends.Length];
        long start = 0;
        for (int i = 0; i < strings.Length; i++)
        {
            Contracts.CheckDecode(start <= ends[i] && ends[i] <= chars.Length && ends[i] % sizeof(char) == 0, "Corrupt model file");
            strings[i] = Encoding.Unicode.GetString(chars[(int)start..(int)ends[i]]);
            start = ends[i];
        }

        return strings;
    }

    private static void Block(BinaryWriter writer, long start, long length)
    {
        writer.Write(start);
        writer.Write(length);
    }

    private static ReadOnlySpan<byte> ReadBlock(BinaryReader reader, byte[] bytes) => Slice(bytes, reader.ReadInt64(), reader.ReadInt64());

    private static ReadOnlySpan<byte> Slice(byte[] bytes, long start, long length)
    {
        Contracts.CheckDecode(start >= 0 && length >= 0 && start <= bytes.Length && length <= bytes.Length - start, "Corrupt model file");
        return bytes.AsSpan((int)start, (int)length);
    }
}
