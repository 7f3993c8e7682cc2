using Mlp.Scoring.Networks;
using Mlp.Scoring.Numerics;

namespace Mlp.Scoring.Tests;

/// <summary>Weights hold the engine's numbers, and this library has enumerations of its own for them.</summary>
public class EnumerationsTests
{
    [Fact]
    public void ActivationKind_IsTheEnginesActivation() => Assert.Equal(Members<Activation>(), Members<ActivationKind>());

    [Fact]
    public void LinkKind_IsTheEnginesOutputLink() => Assert.Equal(Members<OutputLink>(), Members<LinkKind>());

    /// <summary>The reader takes a member by its number.</summary>
    [Fact]
    public void Numbers_CountFromZero()
    {
        Assert.Equal(Enumerable.Range(0, Members<ActivationKind>().Length), Members<ActivationKind>().Select(member => member.Number));
        Assert.Equal(Enumerable.Range(0, Members<LinkKind>().Length), Members<LinkKind>().Select(member => member.Number));
    }

    [Fact]
    public void Activation_WithoutAFunction_IsNoOther()
    {
        float value = 1;
        Assert.Throws<ArgumentOutOfRangeException>(() => ActivationLoop.Apply<Lanes128>((ActivationKind)99, ref value, count: 0));
    }

    private static (string Name, int Number)[] Members<TEnum>()
        where TEnum : struct, Enum =>
        [.. Enum.GetValues<TEnum>().Select(member => (member.ToString(), Convert.ToInt32(member)))];
}
