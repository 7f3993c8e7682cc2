using System.Numerics;
using Microsoft.ML;
using Microsoft.ML.Data;
using Microsoft.ML.Runtime;
using Microsoft.ML.Transforms;

[assembly: LoadableClass(
    typeof(MissingValueIndicatorTransformer), typeof(MissingValueIndicatorTransformer), null, typeof(SignatureLoadModel),
    "NA Indicator Transform", MissingValueIndicatorTransformer.LoaderSignature)]

namespace Microsoft.ML.Transforms;

/// <summary>Says of each value whether it is missing, which is NaN.</summary>
public sealed class MissingValueIndicatorTransformer : OneToOneTransformerBase
{
    internal const string LoaderSignature = "NaIndicatorTransform";

    private static readonly VersionInfo Version = ModelVersions.Make<MissingValueIndicatorTransformer>("NAIND TF", LoaderSignature);

    internal MissingValueIndicatorTransformer(IHostEnvironment env, (string, string)[] columns)
        : base(env.Register(nameof(MissingValueIndicatorTransformer)), columns)
    {
    }

    private MissingValueIndicatorTransformer(IHostEnvironment env, ModelLoadContext ctx)
        : base(env.Register(nameof(MissingValueIndicatorTransformer)), ctx)
    {
    }

    internal static bool HasMissingValue(DataViewType itemType) => itemType == NumberDataViewType.Single || itemType == NumberDataViewType.Double;

    private protected override void SaveModel(ModelSaveContext ctx)
    {
        ctx.SetVersionInfo(Version);
        SaveColumns(ctx);
    }

    private protected override BoundColumn BindColumn(int pair, DataViewSchema.Column source)
    {
        DataViewType item = source.Type.GetItemType();
        if (!HasMissingValue(item))
            throw Contracts.Except($"No IsNA predicate for '{item}'");
        DataViewType type = source.Type is VectorDataViewType vector
            ? new VectorDataViewType(BooleanDataViewType.Instance, vector.Dimensions)
            : BooleanDataViewType.Instance;
        var annotations = new DataViewSchema.Annotations.Builder();
        annotations.Add(source.Annotations, kind => kind == AnnotationKinds.SlotNames);
        annotations.AddIsNormalized();
        return MakeBound(pair, source, type, annotations, row => item == NumberDataViewType.Single
            ? MakeGetter<float>(row, row.Schema[source.Index])
            : MakeGetter<double>(row, row.Schema[source.Index]));
    }

    private static Delegate MakeGetter<T>(DataViewRow row, DataViewSchema.Column source)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        if (source.Type is not VectorDataViewType)
        {
            ValueGetter<T> getScalar = row.GetGetter<T>(source);
            T value = default;
            return (ValueGetter<bool>)((ref bool destination) =>
            {
                getScalar(ref value);
                destination = T.IsNaN(value);
            });
        }

        ValueGetter<VBuffer<T>> getVector = row.GetGetter<VBuffer<T>>(source);
        VBuffer<T> buffer = default;
        var missing = new List<int>();
        return (ValueGetter<VBuffer<bool>>)((ref VBuffer<bool> destination) =>
        {
            getVector(ref buffer);
            missing.Clear();
            ReadOnlySpan<T> values = buffer.GetValues();
            for (int i = 0; i < values.Length; i++)
            {
                if (T.IsNaN(values[i]))
                    missing.Add(buffer.IsDense ? i : buffer.GetIndices()[i]);
            }

            Indicate(missing, buffer.Length, ref destination);
        });
    }

    /// <summary>Sparse when none, or less than half of the values, are missing.</summary>
    private static void Indicate(List<int> missing, int length, ref VBuffer<bool> destination)
    {
        if (missing.Count == 0 || missing.Count < length / 2)
        {
            var sparse = VBufferEditor.Create(ref destination, length, missing.Count);
            for (int i = 0; i < missing.Count; i++)
                (sparse.Values[i], sparse.Indices[i]) = (true, missing[i]);
            destination = sparse.Commit();
            return;
        }

        var dense = VBufferEditor.Create(ref destination, length);
        dense.Values.Clear();
        foreach (int slot in missing)
            dense.Values[slot] = true;
        destination = dense.Commit();
    }

    internal static MissingValueIndicatorTransformer Create(IHostEnvironment env, ModelLoadContext ctx)
    {
        ctx.CheckAtModel(Version);
        return new MissingValueIndicatorTransformer(env, ctx);
    }
}
