using Microsoft.ML.Runtime;

namespace Microsoft.ML.Data;

/// <summary>Resolves the ranges of the columns that were asked for into disjoint segments of source columns.</summary>
internal sealed class SourceColumnBuilder(int inputSize)
{
    public SourceColumn[] Build(TextLoader.Column[] requested)
    {
        var columns = new SourceColumn[requested.Length];
        var segments = new SourceSegment[requested.Length][];
        var (other, otherRange) = (-1, -1);
        for (int i = 0; i < requested.Length; i++)
        {
            var itemType = requested[i].GetItemType();
            segments[i] = new SourceSegment[requested[i].Source.Length];
            for (int j = 0; j < segments[i].Length; j++)
            {
                if (requested[i].Source[j].AllOther)
                {
                    Contracts.CheckUserArg(null, other < 0, nameof(TextLoader.Range.AllOther), "At most one all other range can be specified");
                    (other, otherRange) = (i, j);
                }
                segments[i][j] = ToSegment(requested[i].Source[j]);
            }
            if (other != i)
                columns[i] = new SourceColumn(requested[i].Name.Trim(), itemType, segments[i]);
        }
        if (other >= 0)
            columns[other] = new SourceColumn(
                requested[other].Name.Trim(), requested[other].GetItemType(), Remaining(segments, other, otherRange));
        return columns;
    }

    private SourceSegment ToSegment(TextLoader.Range range)
    {
        const int Limit = SourceSegment.Variable - 1;
        Contracts.CheckUserArg(null, range.Min is >= 0 and < Limit, nameof(range.Min));
        if (range.Max is { } max)
        {
            Contracts.CheckUserArg(null, range.Min <= max && max < Limit, nameof(range.Max));
            return new SourceSegment(range.Min, max + 1, range.ForceVector);
        }
        if (range.AutoEnd)
        {
            Contracts.CheckUserArg(null, range.Min < inputSize, nameof(range.Min),
                $"Column #{range.Min} not found in the dataset (it only has {inputSize} columns)");
            return new SourceSegment(range.Min, inputSize, ForceVector: true);
        }
        return range.VariableEnd
            ? new SourceSegment(range.Min, SourceSegment.Variable, ForceVector: true)
            : new SourceSegment(range.Min, range.Min + 1, range.ForceVector);
    }

    /// <summary>Replaces one range of a column by its parts that no other range covers.</summary>
    private static SourceSegment[] Remaining(SourceSegment[][] segments, int column, int range)
    {
        var whole = segments[column][range];
        var taken = segments
            .SelectMany((list, index) => list.Where((_, position) => index != column || position != range))
            .OrderBy(segment => segment.Start);
        var free = new List<SourceSegment>();
        int start = whole.Start;
        foreach (var segment in taken)
        {
            if (start >= whole.End)
                break;
            // Up to the next range even if that begins behind the end that was asked for: so does ML.NET.
            if (start < segment.Start)
                free.Add(new SourceSegment(start, segment.Start, ForceVector: true));
            start = Math.Max(start, segment.End);
        }
        if (start < whole.End)
            free.Add(new SourceSegment(start, whole.End, ForceVector: true));
        var result = segments[column].Take(range).Concat(free).Concat(segments[column].Skip(range + 1)).ToArray();
        Contracts.CheckUserArg(null, result.Length > 0, nameof(TextLoader.Range.AllOther), "No index is selected as all other indexes.");
        return result;
    }
}
