using Microsoft.ML.Data;

namespace Microsoft.ML.Model.OnnxConverter;

/// <summary>Nobody here has one: the converter that does is a package of its own, for Microsoft.ML.</summary>
internal abstract class OnnxContext
{
    public abstract string GetNodeName(string prefix);

    public abstract void CheckOpSetVersion(int thisTransformerMinumumOpSetVersion, string registerTransformerName);

    public abstract string GetVariableName(string colName);

    public abstract string AddIntermediateVariable(DataViewType? type, string colName, bool skip = false);

    public abstract OnnxNode CreateNode(
        string opType, IEnumerable<string> inputs, IEnumerable<string> outputs, string name, string? domain = null);

    public abstract string AddInitializer(IEnumerable<float> values, IEnumerable<long>? dims, string? name = null, bool makeUniqueName = true);

    public abstract string AddInitializer(IEnumerable<long> values, IEnumerable<long>? dims, string? name = null, bool makeUniqueName = true);
}
