using Microsoft.ML;
using Microsoft.ML.Data;
using Microsoft.ML.Runtime;
using Microsoft.ML.Transforms;

[assembly: LoadableClass(
    typeof(TypeConvertingTransformer), typeof(TypeConvertingTransformer), null, typeof(SignatureLoadModel),
    "Convert Transform", TypeConvertingTransformer.LoaderSignature)]

namespace Microsoft.ML.Transforms;

/// <summary>Converts columns to another type of value.</summary>
public sealed class TypeConvertingTransformer : OneToOneTransformerBase
{
    internal const string LoaderSignature = "ConvertTransform";

    private static readonly VersionInfo Version = ModelVersions.Make<TypeConvertingTransformer>("CONVERTF", LoaderSignature);

    internal TypeConvertingTransformer(IHostEnvironment env, (string, string)[] columns, DataKind outputKind)
        : base(env.Register(nameof(TypeConvertingTransformer)), columns)
    {
        Host.CheckNonEmpty(columns, nameof(columns));
        OutputKind = outputKind;
    }

    private TypeConvertingTransformer(IHostEnvironment env, ModelLoadContext ctx)
        : base(env.Register(nameof(TypeConvertingTransformer)), ctx)
    {
        OutputKind = (DataKind)ctx.Reader.ReadByte();
        Contracts.CheckDecode(Enum.IsDefined(OutputKind));
    }

    internal DataKind OutputKind { get; }

    private protected override void SaveModel(ModelSaveContext ctx)
    {
        ctx.SetVersionInfo(Version);
        SaveColumns(ctx);
        ctx.Writer.Write((byte)OutputKind);
    }

    private protected override BoundColumn BindColumn(int pair, DataViewSchema.Column source)
    {
        DataViewType sourceItem = source.Type.GetItemType();
        PrimitiveDataViewType item = GetResultType(sourceItem);
        if (!Conversions.Exists(sourceItem, item))
        {
            throw Host.ExceptParam(
                "inputSchema",
                $"source column '{source.Name}' with item type '{source.Type}' is not compatible with destination type '{item}'");
        }

        var vector = source.Type as VectorDataViewType;
        DataViewType type = vector == null ? item : new VectorDataViewType(item, vector.Dimensions);
        string getter = vector == null ? nameof(MakeScalarGetter) : nameof(MakeVectorGetter);
        return MakeBound(pair, source, type, GetAnnotations(source, type), row => Generic.CallStatic<Delegate>(
            typeof(TypeConvertingTransformer), getter, [sourceItem.RawType, item.RawType], row, row.Schema[source.Index], item));
    }

    /// <summary>A key stays a key where the new type can hold one.</summary>
    private PrimitiveDataViewType GetResultType(DataViewType source)
    {
        PrimitiveDataViewType plain = DataViewTypes.PrimitiveType(OutputKind);
        if (source is not KeyDataViewType key || !KeyDataViewType.IsValidDataType(plain.RawType))
            return plain;
        ulong maximum = plain.RawType == typeof(byte) ? byte.MaxValue
            : plain.RawType == typeof(ushort) ? ushort.MaxValue
            : plain.RawType == typeof(uint) ? uint.MaxValue
            : ulong.MaxValue;
        return new KeyDataViewType(plain.RawType, Math.Min(key.Count, maximum));
    }

    private static DataViewSchema.Annotations.Builder GetAnnotations(DataViewSchema.Column source, DataViewType type)
    {
        var annotations = new DataViewSchema.Annotations.Builder();
        DataViewType sourceItem = source.Type.GetItemType();
        DataViewType item = type.GetItemType();
        if (type.IsKnownSizeVector())
            annotations.Add(source.Annotations, kind => kind == AnnotationKinds.SlotNames);
        if (sourceItem is KeyDataViewType && sourceItem.GetKeyCount() == item.GetKeyCount())
            annotations.Add(source.Annotations, kind => kind == AnnotationKinds.KeyValues);
        if (sourceItem is NumberDataViewType && item is NumberDataViewType)
            annotations.Add(source.Annotations, kind => kind == AnnotationKinds.IsNormalized);
        if (source.Type is BooleanDataViewType && item is NumberDataViewType)
            annotations.AddIsNormalized();
        return annotations;
    }

    private static ValueGetter<TTo> MakeScalarGetter<TFrom, TTo>(DataViewRow row, DataViewSchema.Column source, PrimitiveDataViewType item)
    {
        ValueGetter<TFrom> getter = row.GetGetter<TFrom>(source);
        Func<TFrom, TTo> convert = Conversions.Get<TFrom, TTo>(source.Type, item);
        TFrom value = default!;
        return (ref TTo destination) =>
        {
            getter(ref value);
            destination = convert(value);
        };
    }

    /// <summary>Implicit values stay implicit, which turns the 0 of a sparse vector into empty text, as in ML.NET.</summary>
    private static ValueGetter<VBuffer<TTo>> MakeVectorGetter<TFrom, TTo>(
        DataViewRow row, DataViewSchema.Column source, PrimitiveDataViewType item)
    {
        ValueGetter<VBuffer<TFrom>> getter = row.GetGetter<VBuffer<TFrom>>(source);
        Func<TFrom, TTo> convert = Conversions.Get<TFrom, TTo>(source.Type.GetItemType(), item);
        int size = source.Type.GetVectorSize();
        VBuffer<TFrom> buffer = default;
        return (ref VBuffer<TTo> destination) =>
        {
            getter(ref buffer);
            Contracts.Check(size == 0 || buffer.Length == size);
            ReadOnlySpan<TFrom> values = buffer.GetValues();
            var editor = VBufferEditor.Create(ref destination, buffer.Length, values.Length);
            for (int i = 0; i < values.Length; i++)
                editor.Values[i] = convert(values[i]);
            buffer.GetIndices().CopyTo(editor.Indices);
            destination = editor.Commit();
        };
    }

    internal static TypeConvertingTransformer Create(IHostEnvironment env, ModelLoadContext ctx)
    {
        ctx.CheckAtModel(Version);
        return new TypeConvertingTransformer(env, ctx);
    }
}
