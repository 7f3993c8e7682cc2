namespace Mlp.TestSupport.Fuzzing;

/// <summary>What an exception means for the promise under test.</summary>
public enum Verdict
{
    /// <summary>The promised one: the file was refused, and the message says where and why.</summary>
    Refusal,

    /// <summary>Thrown by other people's code before or after ours was asked; it is counted and no more.</summary>
    Foreign,

    /// <summary>The promise is broken.</summary>
    Broken,
}
