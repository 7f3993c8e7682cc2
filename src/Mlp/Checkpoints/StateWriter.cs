namespace Mlp.Checkpoints;

/// <summary>Writes the state of a training.</summary>
internal sealed class StateWriter(ModelFileWriter writer) : StateExchange
{
    public override void Exchange(string name, ref int value, int minimum, int maximum) => writer.WriteInt32(value);

    public override void Exchange(string name, ref long value) => writer.WriteInt64(value);

    public override void Exchange(string name, ref double value) => writer.WriteDouble(value);

    public override void Exchange(string name, ref bool value) => writer.WriteByte(value ? (byte)1 : (byte)0);

    public override void Exchange<T>(string name, Span<T> values) => writer.WriteValues<T>(values);

    public override void ExchangeParameters<T>(string name, Span<T> values) => writer.WriteValues<T>(values);

    public override void Exchange(List<EpochReport> history) => ModelFile.WriteHistory(writer, history);

    public override void Check(bool isPossible, string claim)
    {
    }
}
