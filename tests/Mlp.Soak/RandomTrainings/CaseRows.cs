using Microsoft.ML;
using Microsoft.ML.Data;

namespace Mlp.Soak.RandomTrainings;

/// <summary>Makes the rows of a case and sends them through its pipeline.</summary>
internal static class CaseRows
{
    /// <returns>The rows to train on and those to validate with, null for none; with the column Features.</returns>
    public static (IDataView Rows, IDataView? Validation) Create(MLContext ml, CaseData data)
    {
        var random = new Random(data.Seed);
        IDataView rows = Load(ml, data, [.. Enumerable.Range(0, data.RowCount).Select(_ => Draw(data, random))]);
        IDataView? validation = data.ValidationRowCount == 0 ? null
            : Load(ml, data, [.. Enumerable.Range(0, data.ValidationRowCount).Select(_ => Draw(data, random))]);
        ITransformer pipeline = Pipeline(ml, data).Fit(rows);
        return (pipeline.Transform(rows), validation is null ? null : pipeline.Transform(validation));
    }

    private static IDataView Load(MLContext ml, CaseData data, CaseRow[] rows)
    {
        var schema = SchemaDefinition.Create(typeof(CaseRow));
        schema[nameof(CaseRow.Raw)].ColumnType = new VectorDataViewType(NumberDataViewType.Single, data.FeatureCount);
        return ml.Data.LoadFromEnumerable(rows, schema);
    }

    private static IEstimator<ITransformer> Pipeline(MLContext ml, CaseData data)
    {
        const string Raw = nameof(CaseRow.Raw);
        IEstimator<ITransformer> pipeline = ml.Transforms.CopyColumns("Copy", Raw);
        if (data.ReplacesMissing)
            pipeline = pipeline.Append(ml.Transforms.ReplaceMissingValues("Copy"));
        pipeline = data.Normalizer switch
        {
            CaseNormalizer.MinMax => pipeline.Append(ml.Transforms.NormalizeMinMax("Copy")),
            CaseNormalizer.MeanVariance => pipeline.Append(ml.Transforms.NormalizeMeanVariance("Copy")),
            CaseNormalizer.RobustScaling => pipeline.Append(ml.Transforms.NormalizeRobustScaling("Copy")),
            _ => pipeline,
        };
        return data.HasCategory
            ? pipeline.Append(ml.Transforms.Categorical.OneHotEncoding("Encoded", nameof(CaseRow.Category)))
                .Append(ml.Transforms.Concatenate("Features", "Copy", "Encoded"))
            : pipeline.Append(ml.Transforms.CopyColumns("Features", "Copy"));
    }

    private static CaseRow Draw(CaseData data, Random random)
    {
        float[] raw =
            [.. Enumerable.Range(0, data.FeatureCount).Select(column => Draw(data.Columns[column % data.Columns.Length], random))];
        bool constant = data.Labels == ColumnKind.Constant;
        float number = Draw(data.Labels, random);
        return new CaseRow
        {
            Raw = data.IsSparse ? Sparse(raw) : new VBuffer<float>(raw.Length, raw),
            Category = ((char)('a' + random.Next(4))).ToString(),
            // A weight is not negative; a wrong one has a case of its own among the tests.
            Weight = data.Weights is ColumnKind weights ? Math.Abs(Draw(weights, random)) : 1,
            Flag = constant || random.Next(2) == 1,
            Class = constant ? 1 : (uint)random.Next(data.Labels == ColumnKind.WithMissing ? 4 : 3),
            Number = number,
            Numbers = [number, Draw(data.Labels, random)],
            Flags = [constant || random.Next(2) == 1, number > 0, raw[0] > 0],
        };
    }

    private static VBuffer<float> Sparse(float[] values)
    {
        int[] indices = [.. Enumerable.Range(0, values.Length).Where(index => values[index] != 0)];
        return new VBuffer<float>(values.Length, indices.Length, [.. indices.Select(index => values[index])], indices);
    }

    private static double NextNormal(Random random) =>
        Math.Sqrt(-2 * Math.Log(1 - random.NextDouble())) * Math.Cos(2 * Math.PI * random.NextDouble());

    private static float Draw(ColumnKind kind, Random random)
    {
        var normal = (float)NextNormal(random);
        return kind switch
        {
            ColumnKind.Constant => 2.5f,
            ColumnKind.Flags => random.Next(2),
            ColumnKind.MostlyZero => random.Next(10) == 0 ? normal : 0,
            ColumnKind.Shifted => 1e6f + normal,
            ColumnKind.Huge => MathF.CopySign(float.MaxValue * (float)random.NextDouble(), normal),
            ColumnKind.Tiny => normal * 1e-40f,
            ColumnKind.AnySize => MathF.CopySign((float)Math.Pow(10, 80 * random.NextDouble() - 42), normal),
            ColumnKind.WithMissing => random.Next(5) == 0 ? float.NaN : normal,
            ColumnKind.WithInfinite => random.Next(5) == 0 ? float.NegativeInfinity : normal,
            _ => normal,
        };
    }
}
