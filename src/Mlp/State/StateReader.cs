using System.Runtime.InteropServices;
using Mlp.Numerics;

namespace Mlp.State;

/// <summary>Replaces the state of a training by a saved one. What it reads is not trusted.</summary>
internal sealed class StateReader(LittleEndianReader reader) : StateExchange
{
    public override void Exchange(string name, ref int value, int minimum, int maximum)
    {
        reader.StartSection(name, sizeof(int));
        value = reader.ReadCount(name, minimum, maximum);
    }

    public override void Exchange(string name, ref long value)
    {
        reader.StartSection(name, sizeof(long));
        value = reader.ReadInt64();
    }

    public override void Exchange(string name, ref double value)
    {
        reader.StartSection(name, sizeof(double));
        value = reader.ReadDouble();
    }

    public override void Exchange(string name, ref bool value)
    {
        reader.StartSection(name, sizeof(byte));
        value = reader.ReadBoolean(name);
    }

    public override void Exchange<T>(string name, Span<T> values)
    {
        LittleEndianReader.CheckLittleEndian();
        reader.StartSection(name, (long)values.Length * Marshal.SizeOf<T>());
        // In portions: the bytes of all may be more than a span can count.
        for (; values.Length > Limits.PortionLength; values = values[Limits.PortionLength..])
            reader.Read(MemoryMarshal.AsBytes(values[..Limits.PortionLength]));
        reader.Read(MemoryMarshal.AsBytes(values));
    }

    public override void ExchangeParameters<T>(string name, Span<T> values)
    {
        Exchange(name, values);
        foreach (T value in values)
            Check(T.IsFinite(value), $"{value} among the {name}; only finite numbers are possible");
    }

    public override void Exchange<TItem>(
        List<TItem> items, Func<LittleEndianReader, List<TItem>> read, Action<LittleEndianWriter, IReadOnlyList<TItem>> write)
    {
        items.Clear();
        items.AddRange(read(reader));
    }

    public override void Check(bool isPossible, string claim)
    {
        if (!isPossible)
            throw reader.Error($"Checkpoint claims {claim}.");
    }
}
