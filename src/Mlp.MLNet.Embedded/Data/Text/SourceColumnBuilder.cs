using Microsoft.ML.Runtime;

namespace Microsoft.ML.Data;

/// <summary>Resolves the ranges of the columns that were asked for into disjoint segments of source columns.</summary>
internal sealed class SourceColumnBuilder(int inputSize)
{
    public SourceColumn[] Build(TextLoader.Column[] requested)
    {
        var segments = requested.Select(column => column.Source.Select(ToSegment).ToArray()).ToArray();
        var (other, range) = FindAllOther(requested);
        if (other >= 0)
            segments[other] = Remaining(segments, other, range);
        return requested
            .Select((column, index) => new SourceColumn(column.Name.Trim(), column.GetItemType(), segments[index]))
            .ToArray();
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

    private static (int Column, int Range) FindAllOther(TextLoader.Column[] requested)
    {
        var found = requested
            .SelectMany((column, index) => column.Source.Select((range, position) => (range.AllOther, index, position)))
            .Where(candidate => candidate.AllOther)
            .ToArray();
        Contracts.CheckUserArg(null, found.Length <= 1, nameof(TextLoader.Range.AllOther), "At most one all other range can be specified");
        return found.Length == 0 ? (-1, -1) : (found[0].index, found[0].position);
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
            if (start < segment.Start)
                free.Add(new SourceSegment(start, Math.Min(segment.Start, whole.End), ForceVector: true));
            start = Math.Max(start, segment.End);
        }
        if (start < whole.End)
            free.Add(new SourceSegment(start, whole.End, ForceVector: true));
        var result = segments[column].Take(range).Concat(free).Concat(segments[column].Skip(range + 1)).ToArray();
        Contracts.CheckUserArg(null, result.Length > 0, nameof(TextLoader.Range.AllOther), "No index is selected as all other indexes.");
        return result;
    }
}
