namespace Mlp.TestSupport.Fuzzing;

/// <summary>An input that broke the promise.</summary>
/// <param name="Reason">What happened instead.</param>
/// <param name="Input">The file.</param>
public sealed record FuzzFailure(string Reason, byte[] Input);
