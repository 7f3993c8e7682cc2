namespace Mlp.MLNet.Tuning;

/// <summary>What a search looks at, and in which order.</summary>
internal static class SearchPlan
{
    /// <summary>Each row is held out by one of them.</summary>
    public const int FoldCount = 5;

    /// <summary>Places of the model that trials can take; the trainer's own settings begin with all of them.</summary>
    public const int PlaceCount = 4;

    /// <summary>Trials that are looked at together: the best of them come to the next rung.</summary>
    public const int RoundSize = 12;

    /// <summary>Networks of a model that the user does not set a number for, if none is much larger than the trainer's own.</summary>
    public const int NetworkCount = 16;

    /// <summary>One that holds rows out, and its refit.</summary>
    public const int LeastNetworksOfPlace = 2;

    /// <summary>What a prediction may cost, in networks of the trainer's own shape, as long as each place has the least.</summary>
    public const double MostWork = 40;

    // Of the trials of a round, those that come to the second rung and to the third: one of three, one of six.
    private const int PartOfSecond = 3, PartOfThird = 6;

    /// <summary>The rungs of successive halving: the folds that are new on each, and how many of a round's trials come to it.</summary>
    /// <param name="roundSize">Trials of the round.</param>
    public static IReadOnlyList<(int[] Folds, int TrialCount)> RungsOf(int roundSize) =>
        [([0], roundSize), ([1, 2], Part(roundSize, PartOfSecond)), ([3, 4], Part(roundSize, PartOfThird))];

    /// <summary>Networks that a round trains.</summary>
    public static int NetworksOf(int roundSize) => RungsOf(roundSize).Sum(rung => rung.Folds.Length * rung.TrialCount);

    private static int Part(int count, int part) => (count + part - 1) / part;
}
