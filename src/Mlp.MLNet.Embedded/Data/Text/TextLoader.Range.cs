using Microsoft.ML.Runtime;

namespace Microsoft.ML.Data;

public sealed partial class TextLoader
{
    /// <summary>Which columns of the file make up a column of the view.</summary>
    public sealed class Range
    {
        public int Min;

        /// <summary>Inclusive.</summary>
        public int? Max;

        /// <summary>Up to the end of the line, as many columns as a sample of the data has.</summary>
        public bool AutoEnd;

        /// <summary>Up to the end of each line: vectors of different lengths.</summary>
        public bool VariableEnd;

        /// <summary>Only the columns that no other range names.</summary>
        public bool AllOther;

        /// <summary>One column is to be a vector of length one.</summary>
        public bool ForceVector;

        public Range()
        {
        }

        public Range(int index)
        {
            Contracts.CheckParam(index >= 0, nameof(index), "Must be non-negative");
            Min = index;
            Max = index;
        }

        public Range(int min, int? max)
        {
            Contracts.CheckParam(min >= 0, nameof(min), "Must be non-negative");
            Contracts.CheckParam(!(max < min), nameof(max), $"If specified, must be greater than or equal to {nameof(min)}");
            Min = min;
            Max = max;
            ForceVector = true;
            AutoEnd = max == null;
        }
    }
}
