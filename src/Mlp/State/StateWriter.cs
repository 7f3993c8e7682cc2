namespace Mlp.State;

/// <summary>Writes the state of a training.</summary>
internal sealed class StateWriter(LittleEndianWriter writer) : StateExchange
{
    public override void Exchange(string name, ref int value, int minimum, int maximum) => writer.WriteInt32(value);

    public override void Exchange(string name, ref long value) => writer.WriteInt64(value);

    public override void Exchange(string name, ref double value) => writer.WriteDouble(value);

    public override void Exchange(string name, ref bool value) => writer.WriteByte(value ? (byte)1 : (byte)0);

    public override void Exchange<T>(string name, Span<T> values) => writer.WriteValues<T>(values);

    public override void ExchangeParameters<T>(string name, Span<T> values) => writer.WriteValues<T>(values);

    public override void Exchange<TItem>(
        List<TItem> items, Func<LittleEndianReader, List<TItem>> read, Action<LittleEndianWriter, IReadOnlyList<TItem>> write) =>
            write(writer, items);

    public override void Check(bool isPossible, string claim)
    {
    }
}
