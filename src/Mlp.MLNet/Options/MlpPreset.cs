namespace Mlp.MLNet;

/// <summary>Decides every option that the user does not set. What is set wins; ToString of the options lists the values in force.</summary>
public enum MlpPreset
{
    /// <summary>
    /// Good on an ordinary table without tuning: ten networks whose predictions are averaged. Five find their best epoch on another
    /// fifth of the rows each, and five fresh ones are trained on all rows for as long.
    /// </summary>
    Default,

    /// <summary>One network by the same recipe, which holds out a fifth of the rows to find its best epoch: some seventh of
    /// the time.</summary>
    Fast,

    /// <summary>As <see cref="Default"/> with twenty networks, ten of which hold out a tenth each: twice the time for a little
    /// more.</summary>
    Best,

    /// <summary>One network of the textbook, trained on all rows for all epochs: for experiments of your own.</summary>
    Plain,
}
