namespace Mlp.MLNet;

/// <summary>Where the memory of a model is saved.</summary>
public enum MlpReplayPlace
{
    /// <summary>In a file of its own, with the name of the model and ".replay" at its end: the model can be given away without the rows
    /// that it remembers.</summary>
    BesideModel,

    /// <summary>In the model's zip: one file, which <c>ml.Model.Load</c> reads as well. Anyone who gets the model gets the rows.</summary>
    InModel,
}
