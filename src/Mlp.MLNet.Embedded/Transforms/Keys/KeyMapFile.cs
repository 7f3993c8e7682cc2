using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using Microsoft.ML.Data;
using Microsoft.ML.Runtime;

namespace Microsoft.ML.Transforms;

/// <summary>Key maps in model files: the kind of the values, the count of a key type or 0, the values.</summary>
internal static class KeyMapFile
{
    public static void Save<T>(ModelSaveContext ctx, PrimitiveDataViewType itemType, T[] values)
    {
        DataKind kind = Enum.GetValues<DataKind>().First(kind => DataViewTypes.PrimitiveType(kind).RawType == typeof(T));
        ctx.Writer.Write((byte)kind);
        ctx.Writer.Write(itemType.GetKeyCount());
        ctx.Writer.Write(values.Length);
        foreach (T value in values)
        {
            if (value is ReadOnlyMemory<char> text)
                ctx.SaveNonEmptyString(text.ToString());
            else
                ctx.Writer.Write(Bytes(ref Unsafe.AsRef(in value)));
        }
    }

    public static KeyMap Load(ModelLoadContext ctx)
    {
        byte kind = ctx.Reader.ReadByte();
        Contracts.CheckDecode(kind is >= (byte)DataKind.SByte and <= (byte)DataKind.Boolean);
        PrimitiveDataViewType type = DataViewTypes.PrimitiveType((DataKind)kind);
        ulong keyCount = ctx.Reader.ReadUInt64();
        if (keyCount != 0)
        {
            Contracts.CheckDecode(KeyDataViewType.IsValidDataType(type.RawType));
            Contracts.CheckDecode(type.RawType != typeof(byte) || keyCount <= byte.MaxValue);
            Contracts.CheckDecode(type.RawType != typeof(ushort) || keyCount <= ushort.MaxValue);
            Contracts.CheckDecode(type.RawType != typeof(uint) || keyCount <= uint.MaxValue);
            type = new KeyDataViewType(type.RawType, keyCount);
        }

        return Generic.CallStatic<KeyMap>(typeof(KeyMapFile), nameof(LoadValues), [type.RawType], ctx, type);
    }

    private static KeyMap<T> LoadValues<T>(ModelLoadContext ctx, PrimitiveDataViewType type)
        where T : notnull
        => new(type, ModelReading.ReadItems(ctx, reader => ReadValue<T>(ctx, reader)));

    private static T ReadValue<T>(ModelLoadContext ctx, BinaryReader reader)
    {
        if (typeof(T) == typeof(ReadOnlyMemory<char>))
            return (T)(object)ctx.LoadNonEmptyString().AsMemory();
        if (typeof(T) == typeof(bool))
            return (T)(object)reader.ReadBoolean();
        T value = default!;
        reader.BaseStream.ReadExactly(Bytes(ref value));
        return value;
    }

    /// <summary>Only called for numbers and truth values.</summary>
    private static Span<byte> Bytes<T>(ref T value)
        => MemoryMarshal.CreateSpan(ref Unsafe.As<T, byte>(ref value), Unsafe.SizeOf<T>());
}
