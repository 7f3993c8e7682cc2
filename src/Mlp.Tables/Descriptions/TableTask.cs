namespace Mlp.Tables;

/// <summary>What is to be predicted of a row.</summary>
public enum TableTask
{
    /// <summary>One of two classes.</summary>
    Binary,

    /// <summary>One of three classes or more.</summary>
    Multiclass,

    /// <summary>A number.</summary>
    Regression,
}
