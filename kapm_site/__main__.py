"""`python -m kapm_site` is `kapm`, for where the folder of scripts is not on the path."""

from kapm_site.cli import main

if __name__ == "__main__":
    main()
