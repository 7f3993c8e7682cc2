using Microsoft.ML.Data;

namespace QuickStart;

/// <summary>A row of the table: 30 measurements and the diagnosis.</summary>
internal sealed class Tumour
{
    [LoadColumn(0, 29), VectorType(30)]
    public float[] Measurements { get; set; } = new float[30];

    [LoadColumn(30), ColumnName("Label")]
    public bool IsBenign { get; set; }
}

/// <summary>What the model says of a row.</summary>
internal sealed class Diagnosis
{
    public bool PredictedLabel { get; set; }

    public float Probability { get; set; }
}
