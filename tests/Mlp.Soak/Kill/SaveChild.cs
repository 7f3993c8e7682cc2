using Microsoft.ML;
using Microsoft.ML.Data;

namespace Mlp.Soak.Kill;

/// <summary>A process that stops in the middle of saving a model, to be killed there.</summary>
internal static class SaveChild
{
    /// <summary>The first argument that makes the program save; the path of a zip follows.</summary>
    public const string Verb = "save-child";

    /// <summary>What the child writes when the new file is half written.</summary>
    public const string HalfWritten = "half written";

    /// <summary>The program's side: loads the zip and saves it to where it lies, with a step more that never gets saved.</summary>
    public static int Run(string path)
    {
        var ml = new MLContext(seed: 1);
        ITransformer model = ml.Model.Load(path, out DataViewSchema schema);
        ml.Model.SaveAtomically(new TransformerChain<ITransformer>(model, new NeverSaved()), schema, path);
        return 0;
    }

    /// <summary>A step of a pipeline that passes rows on.</summary>
    private sealed class NeverSaved : ITransformer
    {
        public bool IsRowToRowMapper => false;

        public DataViewSchema GetOutputSchema(DataViewSchema inputSchema) => inputSchema;

        public IRowToRowMapper GetRowToRowMapper(DataViewSchema inputSchema) => throw new NotSupportedException();

        public IDataView Transform(IDataView input) => input;

        public void Save(ModelSaveContext ctx)
        {
            Console.WriteLine(HalfWritten);
            Console.In.ReadToEnd();
        }
    }
}
