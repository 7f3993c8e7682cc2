namespace Mlp.Onnx;

/// <summary>Whole pipelines, converted by ML.NET's own converter: where that package is, PipelineCases.Converted.cs has them.</summary>
public static partial class PipelineCases
{
    /// <summary>None with the embedded runtime.</summary>
    public static IReadOnlyList<OnnxCase> All()
    {
        var cases = new List<OnnxCase>();
        AddConverted(cases);
        return cases;
    }

    static partial void AddConverted(List<OnnxCase> cases);
}
