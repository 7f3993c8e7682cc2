using Microsoft.ML.Runtime;

namespace Microsoft.ML.Data;

public sealed partial class TextLoader
{
    /// <summary>A column of the view: its name, its type and where it stands in the file.</summary>
    public sealed class Column
    {
        public string Name = null!;

        public Range[] Source = null!;

        /// <summary>For a key column: the number of categories.</summary>
        public KeyCount KeyCount = null!;

        public Column()
        {
        }

        public Column(string name, DataKind dataKind, int index)
            : this(name, dataKind, [new Range(index)])
        {
        }

        public Column(string name, DataKind dataKind, int minIndex, int maxIndex)
            : this(name, dataKind, [new Range(minIndex, maxIndex)])
        {
        }

        public Column(string name, DataKind dataKind, Range[] source, KeyCount? keyCount = null)
        {
            Contracts.CheckValue(name, nameof(name));
            Contracts.CheckValue(source, nameof(source));
            Name = name;
            DataKind = dataKind;
            Source = source;
            KeyCount = keyCount!;
        }

        public DataKind DataKind { get; set; } = DataKind.Single;

        /// <summary>The type of the column's items.</summary>
        internal PrimitiveDataViewType GetItemType()
        {
            if (KeyCount == null)
                return DataViewTypes.PrimitiveType(DataKind == default ? DataKind.Single : DataKind);
            var rawType = DataViewTypes.PrimitiveType(DataKind).RawType;
            Contracts.CheckUserArg(null, rawType == typeof(byte) || rawType == typeof(ushort) || rawType == typeof(uint)
                || rawType == typeof(ulong), "Type", "Bad item type for Key");
            return new KeyDataViewType(rawType, KeyCount.Count ?? MaximumOf(rawType));
        }

        private static ulong MaximumOf(Type rawType) => Type.GetTypeCode(rawType) switch
        {
            TypeCode.Byte => byte.MaxValue,
            TypeCode.UInt16 => ushort.MaxValue,
            TypeCode.UInt32 => uint.MaxValue,
            _ => ulong.MaxValue,
        };
    }
}
