using System.CommandLine;

return new RootCommand("Measures MLNet.GradStability.").Parse(args).Invoke();
