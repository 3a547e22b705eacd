using Spectre.Console;

AnsiConsole.MarkupLine("[bold]MLNet.GradStability[/]: the quick start is being written.");
