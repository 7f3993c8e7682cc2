using System.Reflection;
using Microsoft.ML;
using Mlp.MLNet.Interop;

namespace Mlp.MLNet.Tests;

public class InteropCheckTests
{
    /// <summary>Fails when the ML.NET at hand lacks a member, and says which: see MLNetInternals for what each is for.</summary>
    [Fact]
    public void EveryMember_IsThere() => InteropCheck.Run();

    public static TheoryData<string> Members => [.. InteropCheck.Members.Select(member => member.ToString())];

    [Theory]
    [MemberData(nameof(Members))]
    public void Member_IsInOneOfTheTwoAssemblies(string name)
    {
        InternalMember member = InteropCheck.Members.Single(member => member.ToString() == name);
        Assert.True(member.IsIn(typeof(ITransformer).Assembly) || member.IsIn(typeof(MLContext).Assembly));
    }

    [Fact]
    public void MissingMembers_AreNamedWithTheVersion()
    {
        Assembly other = typeof(InteropCheckTests).Assembly;
        var exception = Assert.Throws<NotSupportedException>(() => InteropCheck.Run(other, other));
        Assert.StartsWith($"Mlp.MLNet.Tests {other.GetName().Version!.ToString(3)}", exception.Message);
        Assert.Contains("has no Microsoft.ML.Data.CatalogUtils.GetEnvironment(IInternalCatalog), no Microsoft.ML.TrainerInfo(Boolean, ",
            exception.Message);
        Assert.EndsWith(
            "no Microsoft.ML.ModelLoadContext.TryLoadBinaryStream(String, Action`1), which this version of Mlp.MLNet uses. " +
            "Use a version of Microsoft.ML that it was tested with, or a newer Mlp.MLNet; if the program is trimmed, set TrimMode "
                + "to partial.",
            exception.Message);
        Assert.All(InteropCheck.Members, member => Assert.Contains($"no {member}", exception.Message));
    }

    [Theory]
    [InlineData("System.String", "Length", null, true)]
    [InlineData("System.String", "Length", "", false)]
    [InlineData("System.String", "Insert", "Int32,String", true)]
    [InlineData("System.String", "Insert", "String,Int32", false)]
    [InlineData("System.String", "Insert", null, false)]
    [InlineData("System.String", ".ctor", "Char,Int32", true)]
    [InlineData("System.String", ".ctor", "Char", false)]
    [InlineData("System.String", "", null, true)]
    [InlineData("System.Strings", "", null, false)]
    public void Member_IsFoundBySignature(string type, string name, string? parameters, bool isThere)
    {
        string[]? names = parameters?.Split(',', StringSplitOptions.RemoveEmptyEntries);
        Assert.Equal(isThere, new InternalMember(type, name, names).IsIn(typeof(string).Assembly));
    }
}
