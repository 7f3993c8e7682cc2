using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using Microsoft.ML.Data;
using Microsoft.ML.Runtime;

namespace Microsoft.ML.Transforms;

/// <summary>Normalizing functions in model files: the column's type, the kind of function, its numbers.</summary>
internal static class NormalizerFunctions
{
    private const byte Affine = 0;
    private const byte Cdf = 1;

    public static void Save(ModelSaveContext ctx, DataViewType type, INormalizerFunction function)
    {
        var vectorType = type as VectorDataViewType;
        ctx.Writer.Write(type.GetItemType() == NumberDataViewType.Double);
        ctx.Writer.Write(vectorType != null);
        if (vectorType != null)
        {
            ctx.Writer.Write(vectorType.Dimensions.Length);
            foreach (int dimension in vectorType.Dimensions)
                ctx.Writer.Write(dimension);
        }

        ctx.Writer.Write(function is CdfNormalizerFunction<float> or CdfNormalizerFunction<double> ? Cdf : Affine);
        function.Save(ctx.Writer);
    }

    public static (DataViewType Type, INormalizerFunction Function) Load(ModelLoadContext ctx)
    {
        bool isDouble = ctx.Reader.ReadBoolean();
        DataViewType type = LoadType(ctx, isDouble ? NumberDataViewType.Double : NumberDataViewType.Single);
        byte kind = ctx.Reader.ReadByte();
        Contracts.CheckDecode(kind is Affine or Cdf);
        return (type, isDouble ? Load<double>(ctx, kind, type) : Load<float>(ctx, kind, type));
    }

    public static void WriteNumbers<T>(BinaryWriter writer, T[] numbers)
        where T : unmanaged
        => writer.Write(MemoryMarshal.AsBytes<T>(numbers));

    public static T[] ReadNumbers<T>(ModelLoadContext ctx, int count)
        where T : unmanaged
    {
        Contracts.CheckDecode(ctx.Remaining / Unsafe.SizeOf<T>() >= count);
        var numbers = new T[count];
        ctx.Reader.BaseStream.ReadExactly(MemoryMarshal.AsBytes(numbers.AsSpan()));
        return numbers;
    }

    private static DataViewType LoadType(ModelLoadContext ctx, NumberDataViewType itemType)
    {
        if (!ctx.Reader.ReadBoolean())
            return itemType;
        int[] dimensions = ModelReading.ReadItems(ctx, reader => reader.ReadInt32());
        Contracts.CheckDecode(dimensions.Length > 0 && dimensions.All(dimension => dimension > 0));
        Contracts.CheckDecode(dimensions.Aggregate(1.0, (product, dimension) => product * dimension) <= int.MaxValue);
        return new VectorDataViewType(itemType, dimensions);
    }

    private static INormalizerFunction Load<T>(ModelLoadContext ctx, byte kind, DataViewType type)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        int size = type.GetValueCount();
        return kind == Cdf
            ? CdfNormalizerFunction<T>.Load(ctx, size, type is VectorDataViewType)
            : AffineNormalizerFunction<T>.Load(ctx, size, type is VectorDataViewType);
    }
}
