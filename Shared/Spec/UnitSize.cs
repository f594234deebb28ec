namespace CalciumSweep.Shared.Spec;

/// <summary>A unit as a power of ten times powers of metre, second, molar, volt and ampere.</summary>
internal readonly record struct UnitSize(int Ten, int Metre, int Second, int Molar, int Volt, int Ampere)
{
    private const int LongestUnit = 60;

    /// <summary>True if both measure the same kind of quantity.</summary>
    public bool Fits(UnitSize other) => this with { Ten = 0 } == other with { Ten = 0 };

    /// <summary>Reads a unit: <c>µm²/s</c>, <c>um^2/s</c>, <c>/µM/s</c>, <c>1/(µM s)</c>, <c>%</c>.</summary>
    public static bool TryParse(string text, out UnitSize unit)
    {
        int at = 0;
        unit = default;
        return text.Length <= LongestUnit && TryProduct(text, ref at, out unit) && at == text.Length;
    }

    private static bool TryProduct(string text, ref int at, out UnitSize product)
    {
        product = default;
        bool isDivided = false, hasFactor = false;
        for (; at < text.Length && text[at] != ')';)
        {
            if (text[at] is ' ' or '·' or '*')
            {
                at++;
            }
            else if (text[at] == '/')
            {
                if (isDivided)
                {
                    return false;
                }

                isDivided = true;
                at++;
            }
            else if (TryFactor(text, ref at, out UnitSize factor))
            {
                product = product.Times(factor, isDivided ? -1 : 1);
                (isDivided, hasFactor) = (false, true);
            }
            else
            {
                return false;
            }
        }

        return hasFactor && !isDivided;
    }

    private static bool TryFactor(string text, ref int at, out UnitSize factor)
    {
        factor = default;
        switch (text[at])
        {
            case '1':
                at++;
                return true;
            case '%':
                at++;
                factor = new(-2, 0, 0, 0, 0, 0);
                return true;
            case '(':
                at++;
                return TryProduct(text, ref at, out factor) && at++ < text.Length;
            default:
                int start = at;
                while (at < text.Length && char.IsLetter(text[at]))
                {
                    at++;
                }

                if (!TrySymbol(text[start..at], out UnitSize symbol) || !TryPower(text, ref at, out int power))
                {
                    return false;
                }

                factor = default(UnitSize).Times(symbol, power);
                return true;
        }
    }

    private static bool TryPower(string text, ref int at, out int power)
    {
        bool isWritten = at < text.Length && text[at] == '^';
        at += isWritten ? 1 : 0;
        int sign = 1;
        if (at < text.Length && (text[at] == '⁻' || (isWritten && text[at] == '-')))
        {
            (sign, isWritten) = (-1, true);
            at++;
        }

        power = at < text.Length ? "0123456789".IndexOf(text[at], StringComparison.Ordinal) : -1;
        if (power < 0 && at < text.Length)
        {
            power = "⁰¹²³⁴⁵⁶⁷⁸⁹".IndexOf(text[at], StringComparison.Ordinal);
        }

        if (power < 0)
        {
            power = 1;
            return !isWritten;
        }

        at++;
        power *= sign;
        return true;
    }

    private static bool TrySymbol(string symbol, out UnitSize unit)
    {
        if (TryBase(symbol, out unit))
        {
            return true;
        }

        if (symbol.Length < 2 || !TryBase(symbol[1..], out unit))
        {
            return false;
        }

        int? ten = symbol[0] switch
        {
            'f' => -15,
            'p' => -12,
            'n' => -9,
            'µ' or 'μ' or 'u' => -6,
            'm' => -3,
            'c' when symbol == "cm" => -2,
            'k' => 3,
            'M' => 6,
            _ => null,
        };
        unit = unit with { Ten = ten ?? 0 };
        return ten is not null;
    }

    private static bool TryBase(string symbol, out UnitSize unit)
    {
        unit = symbol switch
        {
            "m" => new(0, 1, 0, 0, 0, 0),
            "s" => new(0, 0, 1, 0, 0, 0),
            "Hz" => new(0, 0, -1, 0, 0, 0),
            "M" => new(0, 0, 0, 1, 0, 0),
            "V" => new(0, 0, 0, 0, 1, 0),
            "A" => new(0, 0, 0, 0, 0, 1),
            _ => default,
        };
        return unit != default;
    }

    private UnitSize Times(UnitSize other, int power) => new(
        Ten + (other.Ten * power), Metre + (other.Metre * power), Second + (other.Second * power),
        Molar + (other.Molar * power), Volt + (other.Volt * power), Ampere + (other.Ampere * power));
}
