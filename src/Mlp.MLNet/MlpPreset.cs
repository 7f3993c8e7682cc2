namespace Mlp.MLNet;

/// <summary>A recipe: the values that options begin with. Whatever is set afterwards wins; what a recipe sets, ToString of the options lists.</summary>
public enum MlpPreset
{
    /// <summary>
    /// Good on an ordinary table without tuning: ten networks whose predictions are averaged. Five find their best epoch on another
    /// fifth of the rows each, and five fresh ones are trained on all rows for as long.
    /// </summary>
    Default,

    /// <summary>One network by the same recipe, which holds out a fifth of the rows to find its best epoch: a tenth of the time.</summary>
    Fast,

    /// <summary>As <see cref="Default"/> with twenty networks, ten of which hold out a tenth each: twice the time for a little more.</summary>
    Best,

    /// <summary>One network of the textbook, trained on all rows for all epochs, and nothing that is not asked for: for experiments of one's own.</summary>
    Plain,
}
