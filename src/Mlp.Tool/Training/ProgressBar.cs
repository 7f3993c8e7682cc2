using Spectre.Console;

namespace Mlp.Tool.Training;

/// <summary>Shows a training's progress while it runs.</summary>
internal static class ProgressBar
{
    private const int BarWidth = 12;

    /// <param name="console">Null for no bar.</param>
    /// <param name="progress">What it shows.</param>
    /// <param name="work">The training.</param>
    public static T Show<T>(IAnsiConsole? console, IProgressText progress, Func<T> work)
    {
        if (console is null)
            return work();
        return console.Progress().AutoClear(true)
            .Columns(new ProgressBarColumn { Width = BarWidth }, new TaskDescriptionColumn { Alignment = Justify.Left })
            .Start(context =>
            {
                ProgressTask task = context.AddTask(Markup.Escape(progress.Description), maxValue: 1);
                progress.Changed = () =>
                {
                    task.Value = progress.Fraction;
                    task.Description = Markup.Escape(progress.Description);
                };
                return work();
            });
    }
}
