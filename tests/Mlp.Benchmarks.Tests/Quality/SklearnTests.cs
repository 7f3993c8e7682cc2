using Mlp.Benchmarks.Quality;

namespace Mlp.Benchmarks.Tests.Quality;

public class SklearnTests
{
    [Fact]
    public void Absence_OfAnInterpreter_NamesIt() =>
        Assert.StartsWith("no-such-python did not start", new Sklearn("no-such-python", "/").Absence());

    [Fact]
    public void Absence_WhenLeftOut_SaysSo() => Assert.Equal("left out by --python none", new Sklearn("none", "/").Absence());

    [Fact]
    public void Script_IsBesideTheProgram() =>
        Assert.True(File.Exists(Path.Combine(AppContext.BaseDirectory, "Quality", "sklearn_fit_times.py")));
}
