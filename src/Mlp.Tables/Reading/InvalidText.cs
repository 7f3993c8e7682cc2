namespace Mlp.Tables.Reading;

/// <summary>A byte that is not valid UTF-8.</summary>
/// <param name="Line">Line on which its row begins.</param>
/// <param name="Field">Index of the field.</param>
/// <param name="Value">The byte.</param>
internal readonly record struct InvalidText(long Line, int Field, byte Value);
