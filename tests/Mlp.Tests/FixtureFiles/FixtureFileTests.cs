using System.Runtime.ExceptionServices;
using Mlp.TestSupport;

namespace Mlp.Tests.FixtureFiles;

/// <summary>Runs the cases of one fixture file; a class per file, so that files run side by side.</summary>
public abstract class FixtureFileTests(string file)
{
    protected static TheoryData<string> NamesIn(string file) => [.. FixtureCases.Of(file).Select(each => each.Name)];

    protected void CheckInDouble(string name) => ThrowOnFailure(Find(name).InDouble);

    protected void CheckInSingle(string name) => ThrowOnFailure(Find(name).InSingle);

    private static void ThrowOnFailure(FixtureResult result)
    {
        if (result.Failure is not null)
            ExceptionDispatchInfo.Throw(result.Failure);
        Assert.NotEqual(0, result.Check.NumberCount);
    }

    private FixtureCase Find(string name) => FixtureCases.Of(file).Single(each => each.Name == name);
}
