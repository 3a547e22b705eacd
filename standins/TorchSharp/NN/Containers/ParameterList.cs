using System.Collections;
using TorchSharp.Modules;

namespace TorchSharp
{
    namespace Modules
    {
        /// <summary>Parameters under the names 0, 1, 2 ...</summary>
        public class ParameterList : torch.nn.Module, IEnumerable<Parameter>
        {
            private int _count;

            /// <summary>A list of parameters.</summary>
            public ParameterList(params Parameter[] parameters) : base(nameof(ParameterList)) => append(parameters);

            /// <summary>How many there are.</summary>
            public int Count => _count;

            /// <summary>A parameter by its place.</summary>
            public Parameter this[int index]
            {
                get => Own($"{index}");
                set => Replace($"{index}", value);
            }

            /// <summary>Adds a parameter.</summary>
            public void Add(Parameter item) => register_parameter($"{_count++}", item);

            /// <summary>Adds parameters.</summary>
            public void append(params Parameter[] parameters)
            {
                foreach (var parameter in parameters)
                    Add(parameter);
            }

            /// <summary>The parameters.</summary>
            public IEnumerator<Parameter> GetEnumerator() => Enumerable.Range(0, _count).Select(i => this[i]).GetEnumerator();

            IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();
        }
    }

    public static partial class torch
    {
        public static partial class nn
        {
            /// <summary>Parameters under the names 0, 1, 2 ...</summary>
            public static ParameterList ParameterList(params Parameter[] parameters) => new(parameters);
        }
    }
}
