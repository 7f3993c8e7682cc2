namespace Mlp.Tool.Training;

/// <summary>What a progress bar shows.</summary>
internal interface IProgressText
{
    /// <summary>From 0 to 1.</summary>
    double Fraction { get; }

    /// <summary>Short enough for a line of 80 characters with the bar.</summary>
    string Description { get; }

    /// <summary>Called after each change.</summary>
    Action? Changed { get; set; }
}
