namespace Mlp.Soak;

/// <summary>How often a promise was tried, and how often it was broken.</summary>
/// <param name="Promise">In a few words.</param>
/// <param name="Counted">What the count counts: "inputs", "rows", "kills".</param>
/// <param name="Count">How many there were.</param>
/// <param name="FailureCount">How many of them broke the promise.</param>
/// <param name="Seconds">What it took.</param>
/// <param name="Remark">Further figures.</param>
internal sealed record SoakResult(string Promise, string Counted, long Count, long FailureCount, double Seconds, string Remark);
