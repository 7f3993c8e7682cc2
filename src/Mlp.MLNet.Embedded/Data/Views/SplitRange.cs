namespace Microsoft.ML.Data;

/// <summary>The part [Start, End) of the unit interval, with End where it is included, or all the rest. NaN is in neither.</summary>
internal readonly record struct SplitRange(double Start, double End, bool IncludeEnd, bool Complement)
{
    public bool Accepts(double number)
    {
        if (Complement)
            return number < Start || (IncludeEnd ? number > End : number >= End);
        return number >= Start && (IncludeEnd ? number <= End : number < End);
    }
}
