namespace Microsoft.ML.Model.OnnxConverter;

internal abstract class OnnxNode
{
    public abstract void AddAttribute(string argName, double value);

    public abstract void AddAttribute(string argName, long value);

    public abstract void AddAttribute(string argName, IEnumerable<long> value);
}
