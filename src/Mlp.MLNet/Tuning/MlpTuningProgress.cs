namespace Mlp.MLNet;

/// <summary>How far a search has got.</summary>
/// <param name="Trial">Whose network was trained, from 1; 0 for the trainer's own settings.</param>
/// <param name="Rung">1 for the first look at a trial; those that do well come to the others.</param>
/// <param name="NumberOfNetworks">Trained by this search so far, those of earlier processes included.</param>
/// <param name="Seconds">That their trainings took together.</param>
public sealed record MlpTuningProgress(int Trial, int Rung, int NumberOfNetworks, double Seconds);
